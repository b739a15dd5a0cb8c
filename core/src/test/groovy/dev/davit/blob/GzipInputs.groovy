package dev.davit.blob

import java.util.zip.GZIPInputStream

/** Inputs for the codec's specs, the same on every machine because Random's algorithm is specified; and its use. */
class GzipInputs {

    static final int SECTION = 256 * 1024

    static final WORKERS = [1, 2, 7].collectEntries { [it, SectionWorkers.of(it)] }

    static byte[] compress(byte[] input, Gzip.Level level = Gzip.Level.DEFAULT, int threads = 1) {
        def out = new ByteArrayOutputStream()
        new GzipStream(out, level, WORKERS[threads]).withCloseable { it.write(input) }
        out.toByteArray()
    }

    static byte[] decompress(byte[] member) {
        new GZIPInputStream(new ByteArrayInputStream(member)).readAllBytes()
    }

    static byte[] noise(int size, long seed = 1) {
        def bytes = new byte[size]
        new Random(seed).nextBytes(bytes)
        bytes
    }

    static byte[] text(int size) {
        Arrays.copyOf(('the quick brown fox jumps over the lazy dog; ' * (size.intdiv(45) + 1)).getBytes('US-ASCII'), size)
    }

    /** Records such as a table of symbols has: a counter, small numbers, a name from a list, a little noise. */
    static byte[] records(int size) {
        def random = new Random(2)
        def names = (0..<200).collect {
            (0..random.nextInt(12)).collect { (char) (97 + random.nextInt(26)) }.join()
        }
        def out = new ByteArrayOutputStream(size + 100)
        for (int id = 0; out.size() < size; id++) {
            out.write([id, id >> 8, 0, random.nextInt(4), 0, 0, 0, random.nextInt(256)] as byte[])
            out.write("${names[random.nextInt(200)]}=${random.nextInt(1000)}\n".getBytes('US-ASCII'))
        }
        Arrays.copyOf(out.toByteArray(), size)
    }

    static byte[] join(byte[]... parts) {
        def out = new ByteArrayOutputStream()
        parts.each { out.writeBytes(it) }
        out.toByteArray()
    }

    /** Bytes that occur as often as the Fibonacci numbers say, shuffled: the best code has lengths 1, 2, 3 and so on. */
    static byte[] fibonacci(int symbols) {
        def out = new ByteArrayOutputStream()
        def (a, b) = [1, 1]
        symbols.times { symbol ->
            a.times { out.write(symbol * 7) }
            (a, b) = [b, a + b]
        }
        def bytes = out.toByteArray().toList()
        Collections.shuffle(bytes, new Random(3))
        bytes as byte[]
    }
}
