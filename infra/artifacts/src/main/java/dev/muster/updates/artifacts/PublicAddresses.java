package dev.muster.updates.artifacts;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses belong to the internet at large, by IANA's registries of special ones. Everything else is somebody's
 * inside: this machine, its network, the services that clouds put beside it, or a form in which one of these hides.
 */
final class PublicAddresses {

    private static final List<AddressRange> NOT_IPV4 = ranges(
            "0.0.0.0/8", // this host
            "10.0.0.0/8", // private
            "100.64.0.0/10", // behind a provider's translator
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local, where clouds put credentials
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.31.196.0/24", // AS112
            "192.52.193.0/24", // multicast tunnels
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "192.175.48.0/24", // AS112
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, and broadcast

    /** Nothing outside is given to anybody: loopback, unique-local, link-local, multicast, NAT64, mapped addresses. */
    private static final AddressRange IPV6 = AddressRange.parse("2000::/3");

    private static final List<AddressRange> NOT_IPV6 = ranges(
            "2001::/23", // protocol assignments, with Teredo, which wraps IPv4
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4, which wraps IPv4
            "2620:4f:8000::/48", // AS112
            "3fff::/20"); // documentation

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        if (address instanceof Inet4Address) {
            return NOT_IPV4.stream().noneMatch(range -> range.contains(address));
        }
        return IPV6.contains(address) && NOT_IPV6.stream().noneMatch(range -> range.contains(address));
    }

    private static List<AddressRange> ranges(String... texts) {
        return Stream.of(texts).map(AddressRange::parse).toList();
    }
}
