package dev.davit.dsl;

import dev.davit.edit.FileEditor;
import dev.davit.edit.Healthcheck;
import dev.davit.edit.ImageEditor;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Platform;
import dev.davit.policy.Policy;
import dev.davit.ref.Reference;
import dev.davit.tar.LayerBuilder;
import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.codehaus.groovy.runtime.DefaultGroovyMethods;
import org.jspecify.annotations.Nullable;

/** The forms that blocks have in Groovy beyond those of the core's editors: named arguments and maps. */
public final class BlockVerbs {

    private static final Pattern DURATION =
            Pattern.compile("(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

    private BlockVerbs() {
    }

    /** {@code env PORT: '8080', LANG: 'C'}. */
    public static ImageEditor env(ImageEditor self, Map<?, ?> variables) {
        variables.forEach((name, value) -> self.env(name.toString(), value.toString()));
        return self;
    }

    /** {@code label 'org.opencontainers.image.title': 'site'}. */
    public static ImageEditor label(ImageEditor self, Map<?, ?> labels) {
        labels.forEach((key, value) -> self.label(key.toString(), value.toString()));
        return self;
    }

    /** {@code annotation 'org.opencontainers.image.title': 'site'}. */
    public static ImageEditor annotation(ImageEditor self, Map<?, ?> annotations) {
        annotations.forEach((key, value) -> self.annotation(key.toString(), value.toString()));
        return self;
    }

    /** {@code created '2026-01-31T12:00:00Z'}. */
    public static ImageEditor created(ImageEditor self, Object time) {
        return self.created(instant(time));
    }

    /** {@code sizeBelow '200 MB'}. */
    public static void sizeBelow(Policy self, Object size) {
        self.sizeBelow(Size.parse(size.toString()));
    }

    /** {@code rule('has no shell') { image -> !image.files.any { it.path == 'bin/sh' } }}, or what offends, in a list. */
    public static void rule(Policy self, String name, Closure<?> block) {
        self.rule(name, image -> {
            try {
                Object result = Blocks.call(block, image);
                if (result instanceof Iterable<?> offenders) {
                    return DefaultGroovyMethods.toList(offenders);
                }
                if (result instanceof Boolean isWell) {
                    return isWell ? List.of() : List.of("does not hold");
                }
                throw new IllegalArgumentException("rule '" + name + "' must give true where all is well, or a list of what "
                        + "offends, not " + Text.of(result));
            } catch (AssertionError e) {
                return List.of(String.valueOf(e.getMessage()).lines().findFirst().orElse("does not hold"));
            }
        });
    }

    /** {@code dir 'site', '/srv', mode: 0755, owner: '33:33', time: '2026-01-31T12:00:00Z'}. */
    public static void dir(LayerBuilder self, Map<String, ?> options, Object source, Object target)
            throws IOException {
        self.dir(source.toString(), target.toString(), settings -> set(settings, options));
    }

    /** {@code file 'nginx.conf', '/etc/nginx/nginx.conf', mode: 0644}. */
    public static void file(LayerBuilder self, Map<String, ?> options, Object source, Object target)
            throws IOException {
        self.file(source.toString(), target.toString(), settings -> set(settings, options));
    }

    /** {@code dir params.folder, '/srv'}. */
    public static void dir(LayerBuilder self, Path source, Object target) throws IOException {
        self.dir(source.toString(), target.toString());
    }

    /** {@code file params.jar, '/app/app.jar'}. */
    public static void file(LayerBuilder self, Path source, Object target) throws IOException {
        self.file(source.toString(), target.toString());
    }

    /** {@code text '/etc/motd', 'hello', mode: 0600}. */
    public static void text(LayerBuilder self, Map<String, ?> options, Object target, Object text) {
        self.text(target.toString(), text.toString(), settings -> set(settings, options));
    }

    /** {@code bytes '/etc/key', content, mode: 0600}. */
    public static void bytes(LayerBuilder self, Map<String, ?> options, Object target, byte[] bytes) {
        self.bytes(target.toString(), bytes, settings -> set(settings, options));
    }

    /** {@code symlink '/usr/bin/web', '/usr/sbin/nginx', owner: '33:33'}. */
    public static void symlink(LayerBuilder self, Map<String, ?> options, Object path, Object target) {
        self.symlink(path.toString(), target.toString(), settings -> set(settings, options));
    }

    /** {@code mkdir '/var/cache/nginx', mode: 0700, owner: 33}. */
    public static void mkdir(LayerBuilder self, Map<String, ?> options, Object path) {
        self.mkdir(path.toString(), settings -> set(settings, options));
    }

    private static void set(LayerBuilder.Settings settings, Map<String, ?> options) {
        options.forEach((name, value) -> {
            switch (name) {
                case "mode" -> settings.mode(mode(value));
                case "owner" -> owner(value, settings::owner);
                case "time" -> settings.time(instant(value));
                default -> throw Options.unknown(name, "mode", "owner", "time");
            }
        });
    }

    /** {@code owner '33:34'} or {@code owner 33}. */
    public static void owner(FileEditor self, Object owner) {
        owner(owner, self::owner);
    }

    /** {@code time '2026-01-31T12:00:00Z'}. */
    public static void time(FileEditor self, Object time) {
        self.time(instant(time));
    }

    /** {@code healthcheck { shell 'curl -f localhost'; interval '30s' }}. */
    public static ImageEditor healthcheck(ImageEditor self,
            @DelegatesTo(value = Healthcheck.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block) {
        return self.healthcheck(healthcheck -> Blocks.run(block, healthcheck));
    }

    static void set(Healthcheck healthcheck, String option, Object value) {
        switch (option) {
            case "interval" -> interval(healthcheck, value);
            case "timeout" -> timeout(healthcheck, value);
            case "startPeriod" -> startPeriod(healthcheck, value);
            case "startInterval" -> startInterval(healthcheck, value);
            case "retries" -> healthcheck.retries(Integer.parseInt(value.toString()));
            default -> throw Options.unknown(option, "interval", "timeout", "startPeriod", "startInterval", "retries");
        }
    }

    /** {@code interval '30s'}. */
    public static Healthcheck interval(Healthcheck self, Object time) {
        return self.interval(duration(time));
    }

    /** {@code timeout '500ms'}. */
    public static Healthcheck timeout(Healthcheck self, Object time) {
        return self.timeout(duration(time));
    }

    /** {@code startPeriod '1m30s'}. */
    public static Healthcheck startPeriod(Healthcheck self, Object time) {
        return self.startPeriod(duration(time));
    }

    /** {@code startInterval '2s'}. */
    public static Healthcheck startInterval(Healthcheck self, Object time) {
        return self.startInterval(duration(time));
    }

    /** {@code platform 'linux/arm64'}. */
    public static ImageEditor platform(ImageEditor self, Object platform) {
        return self.platform(Platform.parse(platform.toString()));
    }

    /** {@code subject remote('localhost:5000/site')}, or a descriptor. */
    public static ImageEditor subject(ImageEditor self, Object subject) throws IOException {
        return self.subject(descriptor(subject));
    }

    static Descriptor descriptor(Object subject) throws IOException {
        if (subject instanceof Descriptor descriptor) {
            return descriptor;
        }
        return subject instanceof Artifact artifact ? artifact.descriptor()
                : Session.current().get(Reference.parse(subject.toString())).descriptor();
    }

    private interface Owner {
        void set(long uid, long gid);
    }

    private static void owner(Object value, Owner owner) {
        String[] ids = value.toString().split(":", 2);
        owner.set(id(ids[0]), id(ids[ids.length - 1]));
    }

    private static int mode(Object value) {
        if (value instanceof Integer bits) {
            return bits;
        }
        throw new IllegalArgumentException("malformed mode '" + value + "': expected an octal number, such as 0644");
    }

    private static long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("malformed owner '" + text
                    + "': expected numbers, such as 33 or '33:33'", e);
        }
    }

    /** A {@link Duration}, or text as Docker writes it: hours, minutes, seconds and milliseconds. */
    static Duration duration(Object time) {
        if (time instanceof Duration duration) {
            return duration;
        }
        Matcher parts = DURATION.matcher(time.toString());
        if (!parts.matches() || time.toString().isEmpty()) {
            throw new IllegalArgumentException("malformed duration '" + time
                    + "': expected numbers with h, m, s or ms, such as 30s, 1m30s or 500ms");
        }
        return Duration.ofHours(number(parts.group(1))).plusMinutes(number(parts.group(2)))
                .plusSeconds(number(parts.group(3))).plusMillis(number(parts.group(4)));
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    static Instant instant(Object time) {
        try {
            return time instanceof Instant instant ? instant : Instant.parse(time.toString());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("malformed time '" + time
                    + "': expected RFC 3339 in UTC, such as 2026-01-31T12:00:00Z", e);
        }
    }
}
