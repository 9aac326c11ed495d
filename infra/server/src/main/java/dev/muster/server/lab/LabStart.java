package dev.muster.server.lab;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.kernel.Await;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Refused;
import dev.muster.lab.LabOrders;
import dev.muster.lab.boards.StoredLabConfigurations;
import dev.muster.lab.command.ConfiguredBoards;
import dev.muster.server.AfterHistory;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the lab's configuration in force: the one that was kept or, where none ever was, that of the configured file. A
 * lab whose configuration cannot be read does not keep the rest of the server from starting, and loses no board: those
 * that history knows stay as they are until a configuration is put in force.
 */
public final class LabStart implements AfterHistory {

    private static final Logger LOG = LoggerFactory.getLogger(LabStart.class);

    /** The server itself, for what no person orders. */
    static final Caller SYSTEM = new Caller(
            Caller.Kind.SYSTEM, "lab", null, Set.of(Permission.LAB_ADMIN), Map.of(Provenance.ACTOR, "system:lab"));

    private final StoredLabConfigurations configurations;
    private final ConfiguredBoards boards;
    private final LabOrders orders;
    private final boolean hasFile;

    /** @param hasFile whether a file is configured */
    public LabStart(
            StoredLabConfigurations configurations, ConfiguredBoards boards, LabOrders orders, boolean hasFile) {
        this.configurations = configurations;
        this.boards = boards;
        this.orders = orders;
        this.hasFile = hasFile;
    }

    @Override
    public void begin() {
        boolean taken = configurations.start();
        if (!configurations.text().isEmpty()) {
            if (taken) {
                boards.reconcile();
            }
        } else if (hasFile) {
            readFile();
        }
    }

    private void readFile() {
        try {
            Await.done(orders.reload(SYSTEM));
        } catch (Refused refused) {
            LOG.error(
                    "The lab's configuration is not taken: {} {}",
                    refused.refusal().message(),
                    refused.refusal().details());
        }
    }

    @Override
    public void end() {
        // It is over when it has begun.
    }
}
