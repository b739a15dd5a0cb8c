package dev.davit.registry;

import java.io.IOException;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Response;

/** Measures one request and tells the observer when its answer has been read. */
final class Meter extends EventListener {

    private final Consumer<Exchange> observer;
    private final long start = System.nanoTime();
    private volatile int status;
    private volatile long sent;
    private volatile long received;

    Meter(Consumer<Exchange> observer) {
        this.observer = observer;
    }

    @Override
    public void requestBodyEnd(Call call, long bytes) {
        sent += bytes;
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        status = response.code();
    }

    @Override
    public void responseBodyEnd(Call call, long bytes) {
        received = bytes;
    }

    @Override
    public void callEnd(Call call) {
        tell(call);
    }

    @Override
    public void callFailed(Call call, IOException e) {
        tell(call);
    }

    private void tell(Call call) {
        observer.accept(new Exchange(call.request().method(), Redaction.of(call.request().url()), status, sent, received,
                (System.nanoTime() - start) / 1_000_000));
    }
}
