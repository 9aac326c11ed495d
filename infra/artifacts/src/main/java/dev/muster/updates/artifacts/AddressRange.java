package dev.muster.updates.artifacts;

import java.net.InetAddress;
import java.util.Arrays;

/** All addresses that begin with the same bits. An IPv4 address written as an IPv6 one is an IPv4 address here. */
final class AddressRange {

    private final byte[] address;
    private final int bits;

    private AddressRange(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8} or one address.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        if (literal.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' names no address");
        }
        byte[] address = InetAddress.ofLiteral(literal).getAddress();
        int all = address.length * Byte.SIZE;
        int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > all) {
            throw new IllegalArgumentException("'" + text + "' has a prefix length beyond its address");
        }
        return new AddressRange(address, bits);
    }

    boolean contains(InetAddress other) {
        byte[] bytes = other.getAddress();
        int whole = bits / Byte.SIZE;
        if (bytes.length != address.length || !Arrays.equals(bytes, 0, whole, address, 0, whole)) {
            return false;
        }
        int rest = bits % Byte.SIZE;
        return rest == 0 || ((bytes[whole] ^ address[whole]) & 0xff) >> (Byte.SIZE - rest) == 0;
    }
}
