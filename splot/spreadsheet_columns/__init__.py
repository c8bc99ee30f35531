"""Which column of a spreadsheet is what: guessed, confirmed by a person, remembered for the next
file. A room above says which fields a column can be (`ImportSchema`), and owns the page.

    recognise_columns(table, schema, memory)   a guess for each column, with samples of its cells
    column_choices(schema, columns)            the form, for `spreadsheet_columns/_columns.html`
    parse_columns(posted, schema, count)       what the form says
    remember_columns(...)                      by an action of the room above
"""
