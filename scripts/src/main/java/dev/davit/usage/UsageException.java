package dev.davit.usage;

/** The command line is not what the script takes. The message is one sentence for whoever wrote the command line. */
public class UsageException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }
}
