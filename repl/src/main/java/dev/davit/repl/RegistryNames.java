package dev.davit.repl;

import dev.davit.dsl.Session;
import dev.davit.ref.Repository;
import dev.davit.ref.Tag;
import dev.davit.registry.RegistryClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The names that registries tell while the user waits: none, where one refuses or takes too long. Each question is asked
 * at most once in a while, whatever came of it.
 */
final class RegistryNames {

    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final int MOST_NAMES = 10_000;
    private static final int MOST_QUESTIONS = 20;

    private interface Question {
        Stream<String> ask(RegistryClient client) throws IOException;
    }

    private record Answer(List<String> names, long since) { }

    private final Session session;
    private final Duration patience;
    private final Map<String, Answer> answers = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
            return size() > MOST_QUESTIONS;
        }
    };

    RegistryNames(Session session, Duration patience) {
        this.session = session;
        this.patience = patience;
    }

    /** By version, the newest first. */
    List<String> tags(Repository repository) {
        return known(repository.toString(), client -> client.tags(repository).limit(MOST_NAMES)
                .map(Tag::parse).sorted(Comparator.reverseOrder()).map(Tag::toString));
    }

    /** The paths of a registry's repositories, in its order. */
    List<String> repositories(String registry) {
        return known(registry, client -> client.catalog(registry).limit(MOST_NAMES));
    }

    private synchronized List<String> known(String what, Question question) {
        Answer answer = answers.remove(what);
        if (answer == null || System.nanoTime() - answer.since > FRESH.toNanos()) {
            answer = new Answer(ask(question), System.nanoTime());
        }
        answers.put(what, answer);
        return answer.names;
    }

    /** Closing the client ends what it still does, wherever the other thread is. */
    private List<String> ask(Question question) {
        try (RegistryClient client = session.silentClient(patience)) {
            FutureTask<List<String>> task = new FutureTask<>(() -> {
                try (Stream<String> names = question.ask(client)) {
                    return names.toList();
                }
            });
            Thread thread = new Thread(task, "completion");
            thread.setDaemon(true);
            thread.start();
            try {
                return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                task.cancel(true);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException | TimeoutException e) {
            return List.of();
        }
    }
}
