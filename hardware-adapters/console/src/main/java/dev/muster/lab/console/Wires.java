package dev.muster.lab.console;

import dev.muster.lab.console.LineOption.Place;

/** Opens lines, each by its kind. */
final class Wires {

    private final ConsoleSettings settings;

    Wires(ConsoleSettings settings) {
        this.settings = settings;
    }

    /**
     * Blocks until the line is open, or fails with {@link dev.muster.lab.LabRefusal#CONSOLE_BUSY} or
     * {@link dev.muster.lab.LabRefusal#CONSOLE_FAULT}.
     */
    Wire open(LineOption option) {
        return switch (option.place()) {
            case Place.Device device -> DeviceWire.open(device.path(), option, settings);
            case Place.RawTcp raw -> new RawTcpWire(TcpStream.connect(raw.host(), raw.port(), settings));
            case Place.Rfc2217 telnet ->
                new Rfc2217Wire(TcpStream.connect(telnet.host(), telnet.port(), settings), option, settings);
        };
    }
}
