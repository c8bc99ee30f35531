"""The tutorial as a reader follows it: its sentences, what each makes them do, and a browser."""
