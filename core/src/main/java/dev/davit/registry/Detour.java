package dev.davit.registry;

import dev.davit.auth.EnvironmentProxies;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Whether a registry may send us somewhere else: by a redirect, for an upload, for a token. It may not take away the
 * protection of HTTPS, and from outside it may not point into a private network, where it could not get itself. Names are
 * not looked up, so one that stands for a private address is not found out.
 */
final class Detour {

    private Detour() {
    }

    /**
     * Why we do not go there; nothing if we may.
     *
     * @param registry who is behind it
     * @param from who says so: the registry, or where it has sent us before
     */
    static Optional<String> objection(Hosts hosts, HttpUrl registry, HttpUrl from, HttpUrl to) throws IOException {
        if (Boolean.TRUE.equals(hosts.at(registry).settings().trustRedirects)) {
            return Optional.empty();
        }
        if (from.isHttps() && !to.isHttps()) {
            return Optional.of("where it would be readable on the way");
        }
        if (!to.host().equals(registry.host()) && isPrivate(to.host()) && !isInside(registry.host())) {
            return Optional.of("an address of a private network");
        }
        return Optional.empty();
    }

    /** Whether this is an address, and not a name, of this machine or of a network that is not public. */
    private static boolean isPrivate(String host) throws IOException {
        if (EnvironmentProxies.isLoopback(host)) {
            return true;
        }
        // What ends in a number is an address, however odd: 127.1, 2130706433, 0x7f.0.0.1.
        boolean isAddress = host.contains(":") || host.matches("(.*\\.)?(0x[0-9a-f]*|[0-9]+)\\.?");
        try {
            return isAddress && isPrivate(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return false; // then nothing can be sent there either
        }
    }

    private static boolean isPrivate(InetAddress address) {
        int first = address.getAddress()[0] & 0xff;
        boolean isUniqueLocal = address instanceof Inet6Address && (first & 0xfe) == 0xfc;
        return address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isLinkLocalAddress()
                || address.isSiteLocalAddress() || isUniqueLocal;
    }

    /** Whether a registry is itself in a private network, where it may well know others. */
    private static boolean isInside(String host) {
        try {
            return EnvironmentProxies.isLoopback(host) || Arrays.stream(InetAddress.getAllByName(host)).allMatch(Detour::isPrivate);
        } catch (UnknownHostException e) {
            return false; // only a proxy knows it
        }
    }
}
