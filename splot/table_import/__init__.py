"""Any spreadsheet becomes rows of the table, in three steps: parser, plan, apply.

    parse_file_sandboxed(data, name)      parser: the tables that are in a file
    start_import, change_import           kept; a person says which table, what each column is
    plan_import(table_import, table)      plan: each row beside the table, new, changed, the same
                                          or doubtful, with what it would write; nothing is written
    apply_import, undo_import             apply: the rows that a person took, all or none; and back

The parser finds the tables of a file in a process of its own, and its JSON is what the database
keeps. A plan needs the table parsed, and is kept with the import (`StoredPlan`) for the revision of
the municipality's data that it was worked out for: the page of the rows shows the kept plan, and
`apply_import` writes it, unless something has changed since; then it is worked out anew. So a
kept table is parsed once in a request at most, and all processes show the same.
"""
