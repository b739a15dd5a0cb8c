/** Greets whom a resource names, with words from a library: something of each kind to put into a layer. */
public final class Main {

    public static void main(String[] args) throws java.io.IOException {
        try (var name = Main.class.getResourceAsStream("/name.txt")) {
            System.out.println(Greeting.to(new String(name.readAllBytes()).strip()));
        }
    }
}
