package dev.davit.registry;

import dev.davit.json.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** A long list that a registry gives page by page; a page is fetched when the one before it is used up. */
final class Pages<T> implements Iterator<T> {

    private static final int NAMES_PER_PAGE = 1000;
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*(;[^,]*)?");

    /** Reads what one page lists. */
    @FunctionalInterface
    interface Reading<T> {
        List<T> of(Document page, String place) throws IOException;
    }

    private final Transport transport;
    private final Access access;
    private final String accept;
    private final Reading<T> reading;
    private Iterator<T> page = List.<T>of().iterator();
    private @Nullable HttpUrl next;

    private Pages(Transport transport, Access access, String accept, Reading<T> reading) {
        this.transport = transport;
        this.access = access;
        this.accept = accept;
        this.reading = reading;
    }

    /**
     * All names, lazily; only the first page is fetched by now.
     *
     * @param member the member of each page that lists them
     */
    static Stream<String> names(Transport transport, Access access, String path, String member) throws IOException {
        return of(transport, access, path, (page, place) -> page.texts(member));
    }

    /** What the list of names at a path says, read otherwise. */
    static <T> Stream<T> of(Transport transport, Access access, String path, Reading<T> reading) throws IOException {
        HttpUrl first = transport.url(access.registry(), path).newBuilder()
                .addQueryParameter("n", String.valueOf(NAMES_PER_PAGE)).build();
        return of(transport, access, "", transport.get(first, "", access), reading);
    }

    /** What these pages list, lazily. */
    static <T> Stream<T> of(Transport transport, Access access, String accept, Transport.Answer first, Reading<T> reading)
            throws IOException {
        Pages<T> pages = new Pages<>(transport, access, accept, reading);
        pages.turn(first);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(pages,
                Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    private void turn(Transport.Answer answer) throws IOException {
        HttpUrl url = answer.url();
        String place = "the list at " + Redaction.of(url);
        page = reading.of(Document.parse(answer.bytes(), place), place).iterator();
        HttpUrl following = null;
        for (String link : answer.links()) {
            Matcher matcher = NEXT.matcher(link);
            while (following == null && matcher.find()) {
                if (matcher.group(2) == null || matcher.group(2).matches(".*rel\\s*=\\s*\"?next\"?.*")) {
                    following = transport.resolve(answer.url(), matcher.group(1), access);
                }
            }
        }
        if (following != null && !transport.isAt(access, following)) {
            throw new IOException("GET " + Redaction.of(url) + ": the next page would be elsewhere, at "
                    + Redaction.of(following));
        }
        next = url.equals(following) ? null : following;
    }

    @Override
    public boolean hasNext() {
        try {
            HttpUrl url = next;
            while (!page.hasNext() && url != null) {
                turn(transport.get(url, accept, access));
                url = next;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.next();
    }
}
