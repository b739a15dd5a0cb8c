package dev.davit.scripts;

/** The command line is not what the script takes. The message is one sentence for whoever wrote the command line. */
class UsageException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
