@rem Scripts begin with "exec" so that signals reach Node and not a shell; cmd.exe has no such word.
@%*
