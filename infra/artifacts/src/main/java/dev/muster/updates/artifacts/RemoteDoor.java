package dev.muster.updates.artifacts;

import dev.muster.updates.RemoteUrl;
import dev.muster.updates.UpdatesRefusal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;

/**
 * Says where a connection for an address may go. A name is resolved once, and what was looked at is what is connected
 * to: a name that leads elsewhere a moment later leads nobody there.
 */
final class RemoteDoor {

    private static final Set<Integer> PORTS = Set.of(80, 443, 8080, 8443);

    /** How a name, or an address without brackets, becomes addresses; may block. */
    interface Names {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final AllowedHosts allowed;
    private final Names names;

    RemoteDoor(List<String> allowed, Names names) {
        this.allowed = new AllowedHosts(allowed);
        this.names = names;
    }

    /**
     * All addresses of the host, each of them checked; not empty. One bad among them is a reason not to trust the name.
     * Fails with {@link UpdatesRefusal#URL_REFUSED}.
     */
    List<InetAddress> addresses(RemoteUrl url) throws UnknownHostException {
        List<InetAddress> found = List.of(names.addresses(url.host()));
        if (found.isEmpty()) {
            throw new UnknownHostException();
        }
        if (allowed.name(url.host()) || found.stream().allMatch(allowed::contain)) {
            return found;
        }
        for (InetAddress address : found) {
            if (!PublicAddresses.contain(address) && !allowed.contain(address)) {
                throw UpdatesRefusal.URL_REFUSED.because("The host has an address that is not public.");
            }
        }
        if (!PORTS.contains(url.port())) {
            throw UpdatesRefusal.URL_REFUSED.because("Only ports 80, 443, 8080 and 8443 are asked on hosts at large.");
        }
        return found;
    }
}
