package dev.muster.apps.simulator;

import java.util.List;
import java.util.Map;

/**
 * A container as it is to be started.
 *
 * @param name of it
 * @param image with its tag
 * @param environment what it finds there by name; values are on one line
 * @param ports that it opens to its machine
 * @param isComposition whether the app is several containers, of which this is none
 */
public record ContainerOrder(
        String name, String image, Map<String, String> environment, List<Published> ports, boolean isComposition) {

    /**
     * @param host port of the machine
     * @param port port in the container
     * @param isUdp or else TCP
     */
    public record Published(int host, int port, boolean isUdp) {

        @Override
        public String toString() {
            return host + ":" + port + (isUdp ? "/udp" : "/tcp");
        }
    }

    /** Without values, of which some are secret. */
    @Override
    public String toString() {
        return "ContainerOrder[" + name + ", " + image + "]";
    }
}
