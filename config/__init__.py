"""Settings, addresses and the application, and how often every process of Splot looks for
rubbish.
"""

import gc

# A page or a workbook is made of tens of thousands of objects that live for a moment: looking
# through them after each 700 new ones, as Python does by itself, takes a fifth of the time.
gc.set_threshold(50_000, 20, 20)
