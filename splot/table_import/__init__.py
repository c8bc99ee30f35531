"""Any spreadsheet becomes rows of the table: parse, columns, match, plan, apply, undo."""
