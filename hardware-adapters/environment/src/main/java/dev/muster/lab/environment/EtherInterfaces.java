package dev.muster.lab.environment;

import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardOption;
import dev.muster.lab.EtherPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks at network interfaces as Linux shows them below {@code /sys/class/net}: a few bytes of memory, no waiting. */
public final class EtherInterfaces implements EtherPorts {

    public static final Path LINUX = Path.of("/sys/class/net");

    /** What Linux takes, without what would lead elsewhere. */
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[^/\\s\\x00]{1,15}");

    private final Path base;

    /** @param base where interfaces are shown, {@link #LINUX} */
    public EtherInterfaces(Path base) {
        this.base = base;
    }

    @Override
    public @Nullable Ether of(BoardDefinition board) {
        String name = board.ether().map(EtherInterfaces::nameOf).orElse(null);
        if (name == null) {
            return null;
        }
        if (!NAME.matcher(name).matches() || !Files.isDirectory(base.resolve(name))) {
            return new Ether(name, false, null);
        }
        return new Ether(name, true, carrierOf(name));
    }

    private static @Nullable String nameOf(BoardOption option) {
        return option.text("val");
    }

    /** Linux refuses to say for an interface that is down. */
    private @Nullable Boolean carrierOf(String name) {
        try {
            return switch (Files.readString(base.resolve(name).resolve("carrier"))
                    .strip()) {
                case "1" -> true;
                case "0" -> false;
                default -> null;
            };
        } catch (IOException e) {
            return null;
        }
    }
}
