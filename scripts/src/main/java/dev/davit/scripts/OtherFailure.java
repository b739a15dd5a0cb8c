package dev.davit.scripts;

/** The failure of a script that another one runs: it is told as if that script had been run by itself. */
final class OtherFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Job job;

    OtherFailure(Job job, Throwable failure) {
        super(failure);
        this.job = job;
    }

    Job job() {
        return job;
    }
}
