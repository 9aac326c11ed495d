package dev.muster.lab.console;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Telnet as a serial line needs it (RFC 854, 855, 856, 858): bytes are escaped, binary and no go-ahead are wanted both
 * ways, and COM-PORT-OPTION (RFC 2217) from us; the far end may echo. Everything else is declined. It never answers
 * more bytes than it is fed and keeps no more than a short subnegotiation, whatever the far end sends.
 *
 * <p>One thread decodes; another one may encode.
 */
final class TelnetCodec {

    static final int IAC = 255;
    static final int DONT = 254;
    static final int DO = 253;
    static final int WONT = 252;
    static final int WILL = 251;
    static final int SB = 250;
    static final int SE = 240;

    static final int BINARY = 0;
    static final int ECHO = 1;
    static final int SUPPRESS_GO_AHEAD = 3;
    static final int COM_PORT = 44;

    private static final int SUBNEGOTIATION_BYTES_MAX = 256;
    private static final int CR = 13;

    /** What the far end says beside its data. */
    interface Listener {

        /** It accepts or declines COM-PORT-OPTION. */
        void comPort(boolean accepted);

        /** The body of a subnegotiation of COM-PORT-OPTION: a command and its value, not escaped. */
        void comPortSays(byte[] body);
    }

    private enum At {
        DATA,
        COMMAND,
        OPTION,
        SUBNEGOTIATION,
        SUBNEGOTIATION_COMMAND
    }

    private enum Standing {
        OFF,
        ASKED,
        ON
    }

    private final Listener listener;
    private final Standing[] ours = new Standing[256];
    private final Standing[] theirs = new Standing[256];
    private final ByteArrayOutputStream subnegotiation = new ByteArrayOutputStream();
    private At at = At.DATA;
    private int verb;
    private boolean subnegotiationTooLong;
    private boolean afterCr;
    private volatile boolean sendsBinary;

    TelnetCodec(Listener listener) {
        this.listener = listener;
        Arrays.fill(ours, Standing.OFF);
        Arrays.fill(theirs, Standing.OFF);
    }

    /** What we begin with. */
    byte[] greeting() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int option : new int[] {COM_PORT, BINARY, SUPPRESS_GO_AHEAD}) {
            ours[option] = Standing.ASKED;
            say(WILL, option, out);
        }
        for (int option : new int[] {BINARY, SUPPRESS_GO_AHEAD}) {
            theirs[option] = Standing.ASKED;
            say(DO, option, out);
        }
        return out.toByteArray();
    }

    /**
     * Takes bytes as they come, cut anywhere.
     *
     * @param data where the line's own bytes go, at least as long as {@code length}
     * @param answers what to send back
     * @return how many bytes of data there are
     */
    int decode(byte[] bytes, int length, byte[] data, ByteArrayOutputStream answers) {
        int count = 0;
        for (int i = 0; i < length; i++) {
            int octet = bytes[i] & 0xff;
            switch (at) {
                case DATA -> {
                    if (octet == IAC) {
                        at = At.COMMAND;
                    } else if (!isPadding(octet)) {
                        data[count++] = (byte) octet;
                    }
                }
                case COMMAND -> {
                    at = At.DATA;
                    if (octet == IAC) {
                        afterCr = false;
                        data[count++] = (byte) IAC;
                    } else {
                        command(octet);
                    }
                }
                case OPTION -> {
                    at = At.DATA;
                    negotiate(verb, octet, answers);
                }
                case SUBNEGOTIATION -> {
                    if (octet == IAC) {
                        at = At.SUBNEGOTIATION_COMMAND;
                    } else {
                        collect(octet);
                    }
                }
                case SUBNEGOTIATION_COMMAND -> {
                    if (octet == IAC) {
                        at = At.SUBNEGOTIATION;
                        collect(octet);
                    } else {
                        at = At.DATA;
                        endSubnegotiation(octet);
                    }
                }
            }
        }
        return count;
    }

    /** Data as it goes over the wire. */
    byte[] encode(byte[] bytes, int offset, int length) {
        boolean binary = sendsBinary;
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 16);
        for (int i = offset; i < offset + length; i++) {
            int octet = bytes[i] & 0xff;
            out.write(octet);
            if (octet == IAC) {
                out.write(IAC);
            } else if (octet == CR && !binary) {
                out.write(0);
            }
        }
        return out.toByteArray();
    }

    /** A subnegotiation of COM-PORT-OPTION as it goes over the wire. */
    static byte[] comPort(int command, byte... value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(IAC);
        out.write(SB);
        out.write(COM_PORT);
        out.write(command);
        for (byte octet : value) {
            out.write(octet);
            if ((octet & 0xff) == IAC) {
                out.write(IAC);
            }
        }
        out.write(IAC);
        out.write(SE);
        return out.toByteArray();
    }

    /** Outside of binary a carriage return alone comes with a NUL behind it. */
    private boolean isPadding(int octet) {
        boolean padding = afterCr && octet == 0 && theirs[BINARY] != Standing.ON;
        afterCr = octet == CR;
        return padding;
    }

    private void command(int octet) {
        switch (octet) {
            case WILL, WONT, DO, DONT -> {
                verb = octet;
                at = At.OPTION;
            }
            case SB -> {
                subnegotiation.reset();
                subnegotiationTooLong = false;
                at = At.SUBNEGOTIATION;
            }
            default -> {
                // Nothing a serial line has a meaning for: no operation, go ahead, are you there.
            }
        }
    }

    private void negotiate(int said, int option, ByteArrayOutputStream answers) {
        switch (said) {
            case DO -> agree(ours, option, isOurs(option), WILL, WONT, answers);
            case WILL -> agree(theirs, option, isTheirs(option), DO, DONT, answers);
            case DONT -> decline(ours, option, WONT, answers);
            default -> decline(theirs, option, DONT, answers);
        }
        sendsBinary = ours[BINARY] == Standing.ON;
    }

    private void agree(Standing[] side, int option, boolean wanted, int yes, int no, ByteArrayOutputStream answers) {
        Standing before = side[option];
        if (!wanted) {
            say(no, option, answers);
        } else if (before != Standing.ON) {
            side[option] = Standing.ON;
            if (before == Standing.OFF) {
                say(yes, option, answers);
            }
            if (side == ours && option == COM_PORT) {
                listener.comPort(true);
            }
        }
    }

    private void decline(Standing[] side, int option, int no, ByteArrayOutputStream answers) {
        Standing before = side[option];
        side[option] = Standing.OFF;
        if (before == Standing.ON) {
            say(no, option, answers);
        }
        if (before != Standing.OFF && side == ours && option == COM_PORT) {
            listener.comPort(false);
        }
    }

    private static boolean isOurs(int option) {
        return option == BINARY || option == SUPPRESS_GO_AHEAD || option == COM_PORT;
    }

    private static boolean isTheirs(int option) {
        return isOurs(option) || option == ECHO;
    }

    private void collect(int octet) {
        if (subnegotiation.size() < SUBNEGOTIATION_BYTES_MAX) {
            subnegotiation.write(octet);
        } else {
            subnegotiationTooLong = true;
        }
    }

    /** Any command ends it; only the right one makes it count. */
    private void endSubnegotiation(int octet) {
        if (octet != SE) {
            command(octet);
            return;
        }
        byte[] body = subnegotiation.toByteArray();
        if (!subnegotiationTooLong && body.length >= 2 && (body[0] & 0xff) == COM_PORT) {
            listener.comPortSays(Arrays.copyOfRange(body, 1, body.length));
        }
    }

    private static void say(int verb, int option, ByteArrayOutputStream out) {
        out.write(IAC);
        out.write(verb);
        out.write(option);
    }
}
