package dev.davit.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/**
 * JSON as trees of the JDK's own types: {@link LinkedHashMap}, {@link ArrayList}, {@link String}, {@link Long},
 * {@link BigInteger} beyond its range, {@link BigDecimal}, {@link Boolean} and {@code null}. Order is kept in both
 * directions.
 */
public final class Json {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            // JSON between systems is UTF-8 (RFC 8259, section 8.1); guessing lets two readers see two documents.
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
            .build();

    private Json() {
    }

    /**
     * Reads one JSON value.
     *
     * @param what what the bytes are, for the message
     * @throws IOException if the bytes are not one JSON value in UTF-8, an object in it has a key twice, or it is nested
     *                     more than 500 deep
     */
    public static @Nullable Object read(byte[] bytes, String what) throws IOException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            if (parser.nextToken() == null) {
                throw new IOException(what + " is empty, expected JSON");
            }
            Object value = value(parser, what);
            if (parser.nextToken() != null) {
                throw malformed(what, parser.currentTokenLocation(), "more after the end of its value");
            }
            return value;
        } catch (JacksonException e) {
            // Jackson adds where it thinks a text began, and its own settings.
            String reason = e.getOriginalMessage().replaceAll(" \\(start marker at .*|, from `[^`]*`|: enable `.*", "");
            IOException malformed = malformed(what, e.getLocation(), reason);
            malformed.initCause(e);
            throw malformed;
        }
    }

    /** Reads one JSON object; fails as {@link #read} does. */
    @SuppressWarnings("unchecked")
    public static Map<String, @Nullable Object> readObject(byte[] bytes, String what) throws IOException {
        if (read(bytes, what) instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new IOException(what + " is not a JSON object");
    }

    /**
     * Compact UTF-8 JSON of maps, iterables, arrays of objects, character sequences, numbers, booleans and {@code null}.
     *
     * @throws IllegalArgumentException if there is something else in it, or a number or text that JSON cannot express
     */
    public static byte[] write(@Nullable Object value) {
        return write(value, ObjectWriteContext.empty());
    }

    /** The same, indented by two spaces, for people. */
    public static byte[] writeIndented(@Nullable Object value) {
        return write(value, new Indented());
    }

    private static byte[] write(@Nullable Object value, ObjectWriteContext context) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = FACTORY.createGenerator(context, out)) {
            write(copy(value, false), generator);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
        return out.toByteArray();
    }

    private static final class Indented extends ObjectWriteContext.Base {

        @Override
        public PrettyPrinter getPrettyPrinter() {
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            return new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("").withArrayEmptySeparator(""))
                    .withObjectIndenter(indenter).withArrayIndenter(indenter);
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }

    private static @Nullable Object value(JsonParser parser, String what) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    if (map.containsKey(name)) {
                        throw malformed(what, parser.currentTokenLocation(), "the key '" + name + "' is there twice");
                    }
                    parser.nextToken();
                    map.put(name, value(parser, what));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser, what));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    ? parser.getBigIntegerValue() : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static void write(@Nullable Object value, JsonGenerator generator) {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            map.forEach((name, member) -> {
                generator.writeName((String) name);
                write(member, generator);
            });
            generator.writeEndObject();
        } else if (value instanceof List<?> items) {
            generator.writeStartArray();
            items.forEach(item -> write(item, generator));
            generator.writeEndArray();
        } else if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else if (value instanceof BigDecimal number) {
            generator.writeNumber(number);
        } else if (value instanceof BigInteger number) {
            generator.writeNumber(number);
        } else if (value instanceof Long number) {
            generator.writeNumber(number);
        } else {
            generator.writeString((String) value);
        }
    }

    /**
     * A deep copy made of the types that {@link #read} gives, so that a value that was set equals the same value read.
     *
     * @param frozen whether the copy is read-only
     */
    static @Nullable Object copy(@Nullable Object value, boolean frozen) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, member) -> copy.put(name(key), copy(member, frozen)));
            return frozen ? Collections.unmodifiableMap(copy) : copy;
        }
        if (value instanceof Iterable<?> items) {
            List<@Nullable Object> copy = new ArrayList<>();
            items.forEach(item -> copy.add(copy(item, frozen)));
            return frozen ? Collections.unmodifiableList(copy) : copy;
        }
        if (value instanceof Object[] items) {
            return copy(Arrays.asList(items), frozen);
        }
        if (value instanceof CharSequence text) {
            return text.toString();
        }
        return value == null || value instanceof Boolean ? value : number(value);
    }

    private static String name(@Nullable Object key) {
        if (key instanceof CharSequence text) {
            return text.toString();
        }
        throw new IllegalArgumentException("cannot be written as JSON: the key '" + key + "', expected text");
    }

    private static Number number(Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigInteger number) {
            return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
        }
        if (value instanceof BigDecimal number) {
            return number;
        }
        if (value instanceof Double number && Double.isFinite(number)
                || value instanceof Float other && Float.isFinite(other)) {
            return new BigDecimal(value.toString());
        }
        throw new IllegalArgumentException("cannot be written as JSON: '" + value + "', a "
                + value.getClass().getSimpleName());
    }

    private static IOException malformed(String what, @Nullable TokenStreamLocation place, String reason) {
        String at = place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
        return new IOException(what + " is not JSON that can be read" + at + ": " + reason);
    }
}
