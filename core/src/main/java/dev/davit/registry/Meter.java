package dev.davit.registry;

import java.io.IOException;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** Measures one request and tells the observer when its answer has been read. */
final class Meter extends EventListener {

    private final Consumer<Exchange> observer;
    private final Consumer<Call> end;
    private final Turns.Turn turn;
    private final long start = System.nanoTime();
    private volatile int status;
    private volatile long sent;
    private volatile long received;

    /**
     * @param end told of the call once nothing more can come of it
     * @param turn ended then
     */
    Meter(Consumer<Exchange> observer, Consumer<Call> end, Turns.Turn turn) {
        this.observer = observer;
        this.end = end;
        this.turn = turn;
    }

    @Override
    public void requestBodyEnd(Call call, long bytes) {
        sent = bytes;
    }

    @Override
    public void requestFailed(Call call, IOException e) {
        sent = call.request().body() instanceof StreamedBody body ? body.written() : 0;
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
        end.accept(call);
        turn.end();
        if (call.request().tag(Rehearsal.Unseen.class) == null) {
            observer.accept(new Exchange(call.request().method(), Redaction.of(call.request().url()), status, sent, received,
                    (System.nanoTime() - start) / 1_000_000));
        }
    }

    /** The same answer, its bytes counted while they arrive: OkHttp does not say how many there were if it breaks off. */
    Response counting(Response response) {
        return response.newBuilder().body(new Counted(response.body())).build();
    }

    private final class Counted extends ResponseBody {

        private final ResponseBody body;
        private final BufferedSource source;

        Counted(ResponseBody body) {
            this.body = body;
            this.source = Okio.buffer(new ForwardingSource(body.source()) {
                @Override
                public long read(Buffer sink, long bytes) throws IOException {
                    turn.read();
                    try {
                        long n = super.read(sink, bytes);
                        received += Math.max(n, 0);
                        return n;
                    } finally {
                        turn.rest();
                    }
                }
            });
        }

        @Override
        public @Nullable MediaType contentType() {
            return body.contentType();
        }

        @Override
        public long contentLength() {
            return body.contentLength();
        }

        @Override
        public BufferedSource source() {
            return source;
        }
    }
}
