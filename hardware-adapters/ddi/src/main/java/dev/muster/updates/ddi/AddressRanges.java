package dev.muster.updates.ddi;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of addresses, written as single addresses, CIDR ranges or dotted prefixes ({@code 192.168.}). */
final class AddressRanges {

    private final List<Range> ranges = new ArrayList<>();

    /** @throws IllegalArgumentException for an entry that is none of these */
    AddressRanges(List<String> entries) {
        entries.forEach(entry -> ranges.add(Range.parse(entry.strip())));
    }

    private record Range(byte[] address, int bits) {

        static Range parse(String entry) {
            if (entry.endsWith(".")) {
                String[] octets = entry.substring(0, entry.length() - 1).split("\\.", -1);
                String padded = entry + "0.".repeat(Math.max(0, 4 - octets.length));
                return new Range(bytes(padded.substring(0, padded.length() - 1), entry), octets.length * 8);
            }
            int slash = entry.indexOf('/');
            byte[] address = bytes(slash < 0 ? entry : entry.substring(0, slash), entry);
            int bits = slash < 0 ? address.length * 8 : prefix(entry, slash);
            if (bits < 0 || bits > address.length * 8) {
                throw new IllegalArgumentException("'" + entry + "' has a prefix length beyond its address");
            }
            return new Range(address, bits);
        }

        private static int prefix(String entry, int slash) {
            try {
                return Integer.parseInt(entry.substring(slash + 1));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + entry + "' has no number after the slash", e);
            }
        }

        private static byte[] bytes(String text, String entry) {
            byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
            if (bytes == null) {
                throw new IllegalArgumentException("'" + entry + "' is no address, range or dotted prefix");
            }
            return bytes;
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            int whole = bits / 8;
            for (int i = 0; i < whole; i++) {
                if (other[i] != address[i]) {
                    return false;
                }
            }
            int rest = bits % 8;
            return rest == 0 || (other[whole] ^ address[whole]) >> (8 - rest) == 0;
        }
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    boolean contains(@Nullable InetAddress address) {
        if (address == null || ranges.isEmpty()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        for (Range range : ranges) {
            if (range.contains(bytes)) {
                return true;
            }
        }
        return false;
    }
}
