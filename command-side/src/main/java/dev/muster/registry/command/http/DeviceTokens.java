package dev.muster.registry.command.http;

import dev.muster.kernel.Ids;
import dev.muster.registry.RegistryRefusal;

/** Secrets of devices on their way in or out: chosen by an operator or made here, kept only as a digest. */
final class DeviceTokens {

    private static final int LENGTH_MIN = 16;
    private static final int LENGTH_MAX = 128;

    private DeviceTokens() {}

    static String chosen(String token) {
        boolean printable = token.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        if (token.length() < LENGTH_MIN || token.length() > LENGTH_MAX || !printable) {
            throw RegistryRefusal.TOKEN_INVALID.about(
                    "token",
                    "A device token has " + LENGTH_MIN + " to " + LENGTH_MAX + " printable characters without blanks.");
        }
        return token;
    }

    /** 32 hexadecimal characters: what small clients can keep. */
    static String made() {
        return Ids.secret().substring(0, 32);
    }
}
