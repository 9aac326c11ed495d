package dev.muster.lab.console;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import dev.muster.kernel.Refused;
import dev.muster.lab.LabRefusal;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A serial device of this machine. With {@code lock} it is held by a lock on the open device (flock) and lock files;
 * all end with this process.
 */
final class DeviceWire implements Wire {

    private static final int EPERM = 1;
    /** jSerialComm's own way to say that this process has it open already; as errno it would be "no such file". */
    private static final int OPEN_HERE = 2;

    private static final int EAGAIN = 11;
    private static final int EACCES = 13;
    private static final int EBUSY = 16;

    private final SerialPort port;
    private final @Nullable UucpLock lock;
    private final ConsoleSettings settings;

    private DeviceWire(SerialPort port, @Nullable UucpLock lock, ConsoleSettings settings) {
        this.port = port;
        this.lock = lock;
        this.settings = settings;
    }

    /** Fails with {@link LabRefusal#CONSOLE_BUSY} or {@link LabRefusal#CONSOLE_FAULT}. */
    static DeviceWire open(String path, LineOption option, ConsoleSettings settings) {
        NativeSignals.loadSerialPorts();
        Path device = real(path);
        UucpLock lock = option.lock()
                ? UucpLock.take(List.of(device, Path.of(path).normalize()), settings.lockDirectory())
                : null;
        boolean open = false;
        try {
            SerialPort port = port(device);
            configure(port, option);
            if (!port.openPort()) {
                throw refusal(device, port.getLastErrorCode());
            }
            open = true;
            return new DeviceWire(port, lock, settings);
        } finally {
            if (!open && lock != null) {
                lock.release();
            }
        }
    }

    @Override
    public int read(byte[] into) throws IOException {
        return port.readBytes(into, into.length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (port.writeBytes(bytes, length, offset) != length) {
            throw new IOException("the port took no bytes");
        }
    }

    @Override
    public void sendBreak() throws IOException {
        if (!port.setBreak()) {
            throw new IOException("the port sends no break");
        }
        try {
            Thread.sleep(settings.breakTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } finally {
            port.clearBreak();
        }
    }

    @Override
    public void baud(int rate) {
        int before = port.getBaudRate();
        if (!port.setBaudRate(rate)) {
            port.setBaudRate(before);
            throw LabRefusal.BAD_VALUE.about("value", "The serial port cannot do " + rate + " baud.");
        }
    }

    @Override
    public void close() {
        port.closePort();
        if (lock != null) {
            lock.release();
        }
    }

    private static Path real(String path) {
        try {
            Path device = Path.of(path).toRealPath();
            if (!Files.isRegularFile(device) && !Files.isDirectory(device)) {
                return device;
            }
        } catch (IOException e) {
            // Said below, with the same words as for something that is no device.
        }
        throw LabRefusal.CONSOLE_FAULT.because("There is no serial port " + path + ".");
    }

    /** Finds the port; jSerialComm would take another one of the same name in /dev if this one has just vanished. */
    private static SerialPort port(Path device) {
        try {
            SerialPort port = SerialPort.getCommPort(device.toString());
            if (port.getSystemPortPath().equals(device.toString())) {
                return port;
            }
        } catch (SerialPortInvalidPortException e) {
            // Said below.
        }
        throw LabRefusal.CONSOLE_FAULT.because("There is no serial port " + device + ".");
    }

    private static void configure(SerialPort port, LineOption option) {
        LineFormat format = option.format();
        port.setComPortParameters(
                option.baud(),
                format.dataBits(),
                format.stopBits() == 2 ? SerialPort.TWO_STOP_BITS : SerialPort.ONE_STOP_BIT,
                switch (format.parity()) {
                    case NONE -> SerialPort.NO_PARITY;
                    case ODD -> SerialPort.ODD_PARITY;
                    case EVEN -> SerialPort.EVEN_PARITY;
                    case MARK -> SerialPort.MARK_PARITY;
                    case SPACE -> SerialPort.SPACE_PARITY;
                });
        port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
        port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, READ_WAIT_MILLIS, 0);
        if (!option.lock()) {
            port.disableExclusiveLock();
        }
    }

    private static Refused refusal(Path device, int error) {
        return switch (error) {
            case OPEN_HERE, EAGAIN, EBUSY ->
                LabRefusal.CONSOLE_BUSY.because("Another program holds the serial port " + device + ".");
            case EPERM, EACCES ->
                LabRefusal.CONSOLE_FAULT.because("The server may not open the serial port " + device + ".");
            default ->
                LabRefusal.CONSOLE_FAULT.because(
                        "The serial port " + device + " cannot be opened (error " + error + ").");
        };
    }
}
