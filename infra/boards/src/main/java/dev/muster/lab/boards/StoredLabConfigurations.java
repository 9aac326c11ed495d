package dev.muster.lab.boards;

import dev.muster.kernel.Refused;
import dev.muster.kernel.Vault;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardOption;
import dev.muster.lab.LabConfiguration;
import dev.muster.lab.LabConfigurations;
import dev.muster.lab.boards.ucl.UclFault;
import dev.muster.lab.boards.ucl.UclReader;
import dev.muster.lab.boards.ucl.UclSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the text of the configuration in force in the vault, for it has secrets. Safe for use by many threads. */
public final class StoredLabConfigurations implements LabConfigurations {

    /** Where the vault has it. */
    public static final String KEY = "lab/configuration";

    private static final Logger log = LoggerFactory.getLogger(StoredLabConfigurations.class);

    private final Vault vault;
    private final @Nullable ConfiguredFile file;
    private final LabConfigurationReader reader = new LabConfigurationReader();
    private final UclReader ucl = UclReader.ofTextAlone();

    private volatile LabConfiguration current = LabConfiguration.EMPTY;

    /** @param file UCL, or a {@code .env} file whose {@code board_conf} names it; null for none */
    public StoredLabConfigurations(Vault vault, @Nullable Path file) {
        this.vault = vault;
        this.file = file == null ? null : new ConfiguredFile(file, reader);
    }

    /**
     * Puts the kept text in force; once, before anything asks. Blocks.
     *
     * @return false if there is one that is not taken any more, because the rules grew stricter. Then it stays where it
     *     is, none is in force, and boards must not be made to follow that: they would all go
     */
    public synchronized boolean start() {
        String text = text();
        if (text.isEmpty()) {
            return true;
        }
        try {
            current = read(text);
            return true;
        } catch (Refused e) {
            log.error("The kept configuration of the lab is not taken: {}", e.getMessage());
            return false;
        }
    }

    @Override
    public LabConfiguration current() {
        return current;
    }

    @Override
    public String text() {
        return vault.get(KEY)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
    }

    @Override
    public LabConfiguration read(String text) {
        try {
            return reader.read(ucl.read(new UclSource(null, text)).root(), null);
        } catch (UclFault e) {
            throw Faults.of(e);
        }
    }

    @Override
    public synchronized void keep(String text) {
        LabConfiguration configuration = read(text);
        vault.put(KEY, text.getBytes(StandardCharsets.UTF_8));
        current = configuration;
    }

    /** Checked; a file that needs others is answered as one text that needs none. */
    @Override
    public @Nullable String file() {
        return file == null ? null : file.text();
    }

    @Override
    public List<BoardDefinition> withoutSecrets(LabConfiguration configuration) {
        return configuration.boards().stream()
                .map(StoredLabConfigurations::withoutSecrets)
                .toList();
    }

    private static BoardDefinition withoutSecrets(BoardDefinition board) {
        return new BoardDefinition(
                board.name(),
                board.brdclass(),
                board.attributes(),
                board.options().stream()
                        .map(StoredLabConfigurations::withoutSecrets)
                        .toList(),
                board.tags(),
                board.pool(),
                board.defaultSeconds(),
                board.maxSeconds(),
                board.keepsPower(),
                board.deviceId(),
                board.flashBack());
    }

    private static BoardOption withoutSecrets(BoardOption option) {
        OptionShape shape = OptionShapes.all().get(option.cls());
        if (shape == null) {
            throw new IllegalArgumentException("no option of cls " + option.cls());
        }
        return new BoardOption(option.cls(), shape.withoutSecrets(option.parameters()));
    }
}
