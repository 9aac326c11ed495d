package dev.muster.server.http;

import java.net.InetAddress;
import java.util.List;

/** Several networks, each as an address or in CIDR form. */
public final class Networks {

    private final List<Network> networks;

    /** A text that is no network is a wrong setting: {@link IllegalArgumentException}. */
    public Networks(List<String> networks) {
        this.networks = networks.stream().map(Network::parse).toList();
    }

    public boolean contains(InetAddress address) {
        for (Network each : networks) {
            if (each.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
