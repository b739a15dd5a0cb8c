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

/** A long list of names that a registry gives page by page; a page is fetched when the one before it is used up. */
final class Pages implements Iterator<String> {

    private static final int NAMES_PER_PAGE = 1000;
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*(;[^,]*)?");

    private final Transport transport;
    private final Access access;
    private final String member;
    private Iterator<String> page = List.<String>of().iterator();
    private @Nullable HttpUrl next;

    private Pages(Transport transport, Access access, String member, HttpUrl first) {
        this.transport = transport;
        this.access = access;
        this.member = member;
        this.next = first;
    }

    /**
     * All names, lazily; only the first page is fetched by now.
     *
     * @param member the member of each page that lists them
     */
    static Stream<String> of(Transport transport, Access access, String path, String member) throws IOException {
        HttpUrl first = transport.url(access.registry(), path).newBuilder()
                .addQueryParameter("n", String.valueOf(NAMES_PER_PAGE)).build();
        Pages pages = new Pages(transport, access, member, first);
        pages.turn(first);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(pages,
                Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    private void turn(HttpUrl url) throws IOException {
        Transport.Answer answer = transport.get(url, "", access);
        page = Document.parse(answer.bytes(), "the list at " + Redaction.of(url)).texts(member).iterator();
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
                turn(url);
                url = next;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page.hasNext();
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.next();
    }
}
