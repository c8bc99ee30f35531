"""The implementation table: tasks, who answers for them, and what they say of the progress."""
