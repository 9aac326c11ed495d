package dev.muster.lab.power;

import dev.muster.lab.LabRefusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * GPIO chips as the kernel shows them: a directory {@code gpiochip<n>} for each, with {@code base}, the number of its
 * first line, {@code ngpio}, how many it has, and {@code label}, what it is.
 */
final class GpioChips {

    private static final int VALUE_BYTES_MAX = 64;

    private GpioChips() {}

    /**
     * The kernel's number of a chip's line. Blocks.
     *
     * @param chip name of its directory, or its label
     */
    static int numberOf(Path base, String chip, int line) throws IOException {
        try (DirectoryStream<Path> chips = Files.newDirectoryStream(base, "gpiochip*")) {
            for (Path each : chips) {
                if (String.valueOf(each.getFileName()).equals(chip)
                        || content(each.resolve("label")).equals(chip)) {
                    return number(each, chip, line);
                }
            }
        }
        throw LabRefusal.NO_SUCH_PORT.because("The kernel shows no GPIO chip '" + chip + "' in " + base + ".");
    }

    private static int number(Path directory, String chip, int line) throws IOException {
        try {
            if (line < Integer.parseInt(content(directory.resolve("ngpio")))) {
                return Math.addExact(Integer.parseInt(content(directory.resolve("base"))), line);
            }
        } catch (NumberFormatException | ArithmeticException e) {
            throw LabRefusal.POWER_FAULT.because("What the kernel says of the GPIO chip '" + chip + "' is no number.");
        }
        throw LabRefusal.NO_SUCH_PORT.because("The GPIO chip '" + chip + "' has no line " + line + ".");
    }

    /** What a file of the kernel's says, without the end of its line. Blocks. */
    static String content(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(VALUE_BYTES_MAX), StandardCharsets.US_ASCII).strip();
        }
    }
}
