/**
 * The client for registries: pull, push, mount, tags, referrers.
 *
 * <p>It serves a program by itself, without an image in sight:
 * <pre>{@code
 * GivenCredentials credentials = new GivenCredentials();
 * credentials.give("registry.example.com", Credentials.of("ann", "secret"));
 * try (RegistryClient client = RegistryClient.create(settings -> settings.keychain(credentials))) {
 *     client.ping("registry.example.com");
 *     client.catalog("registry.example.com").limit(10).forEach(System.out::println);
 *     Repository repository = Repository.parse("registry.example.com/team/app");
 *     client.tags(repository).forEach(System.out::println);
 *     Blob blob = Blob.of("hello".getBytes(StandardCharsets.UTF_8));
 *     client.upload(repository, blob);
 *     try (InputStream in = client.blob(repository, blob.digest()).open()) {
 *         in.transferTo(System.out);
 *     }
 * }
 * }</pre>
 */
@NullMarked
package dev.davit.registry;

import org.jspecify.annotations.NullMarked;
