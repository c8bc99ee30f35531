"""Every tag and filter of the components, in all templates without {% load %}. See
core/components/README.md.
"""

from django import template

from splot.core.templatetags import figures, forms, frames, states, ways, words

register = template.Library()
for module in (words, figures, states, frames, ways, forms):
    register.tags.update(module.register.tags)
    register.filters.update(module.register.filters)
