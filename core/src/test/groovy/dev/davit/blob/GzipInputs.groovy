package dev.davit.blob

/** Inputs for the codec's specs: the same on every machine, for Random's algorithm is specified. */
class GzipInputs {

    static final int SECTION = 512 * 1024

    static byte[] noise(int size, long seed = 1) {
        def bytes = new byte[size]
        new Random(seed).nextBytes(bytes)
        bytes
    }

    static byte[] text(int size) {
        ('the quick brown fox jumps over the lazy dog; ' * (size / 45 + 1)).getBytes('US-ASCII')[0..<size] as byte[]
    }

    /** Records such as a table of symbols has: counters, small numbers, names from a list, a little noise. */
    static byte[] records(int size, long seed = 2) {
        def random = new Random(seed)
        def names = (0..<200).collect { (0..random.nextInt(12)).collect { (char) (('a' as char) + random.nextInt(26)) }.join() }
        def out = new ByteArrayOutputStream(size + 100)
        for (int id = 0; out.size() < size; id++) {
            out.write([id, id >> 8, 0, random.nextInt(4), 0, 0, 0, random.nextInt(256)] as byte[])
            out.write("${names[(int) (Math.abs(random.nextInt()) % 200)]}=${random.nextInt(1000)}\n".getBytes('US-ASCII'))
        }
        Arrays.copyOf(out.toByteArray(), size)
    }

    static byte[] join(byte[]... parts) {
        def out = new ByteArrayOutputStream()
        parts.each { out.writeBytes(it) }
        out.toByteArray()
    }

    /** Bytes that occur as often as the Fibonacci numbers say: an unlimited code would be 28 bits long. */
    static byte[] fibonacci(int symbols, long seed = 3) {
        def out = new ByteArrayOutputStream()
        def (a, b) = [1, 1]
        symbols.times { symbol ->
            a.times { out.write(symbol * 7) }
            (a, b) = [b, a + b]
        }
        def bytes = out.toByteArray()
        def random = new Random(seed)
        for (int i = bytes.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1)
            byte swapped = bytes[i]
            bytes[i] = bytes[j]
            bytes[j] = swapped
        }
        bytes
    }
}
