"""The foundation: audit, languages, dates, components. No word of the domain."""
