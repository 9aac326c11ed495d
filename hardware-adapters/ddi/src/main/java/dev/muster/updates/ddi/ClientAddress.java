package dev.muster.updates.ddi;

import dev.muster.registry.DeviceAddresses;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Addresses out of headers, read as literals: no name is ever looked up. */
final class ClientAddress {

    private static final int HEADER_LENGTH_MAX = 1024;

    private ClientAddress() {}

    /** The first valid address of an {@code X-Forwarded-For} list, or null. */
    static @Nullable InetAddress forwarded(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String list = header.length() > HEADER_LENGTH_MAX ? header.substring(0, HEADER_LENGTH_MAX) : header;
        for (int from = 0; from < list.length(); ) {
            int comma = list.indexOf(',', from);
            int end = comma < 0 ? list.length() : comma;
            InetAddress address = literal(list.substring(from, end).strip());
            if (address != null) {
                return address;
            }
            from = end + 1;
        }
        return null;
    }

    private static @Nullable InetAddress literal(String text) {
        String address = text;
        if (text.startsWith("[") && text.indexOf(']') > 0) {
            address = text.substring(1, text.indexOf(']'));
        }
        return address.isEmpty() ? null : NetUtil.createInetAddressFromIpAddressString(address);
    }

    /** As the registry keeps it, hidden when it must not be kept. */
    static String uri(@Nullable InetAddress address, boolean tracked) {
        return DeviceAddresses.kept(address == null ? null : address.getHostAddress(), tracked);
    }
}
