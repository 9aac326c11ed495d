package dev.muster.server.wiring;

import dev.muster.kernel.Fold;
import dev.muster.lab.command.LabOutcomes;
import dev.muster.lab.query.BoardIndex;
import dev.muster.lab.query.LabUsage;
import dev.muster.lab.query.LinkedBoards;
import dev.muster.lab.query.RequestIndex;
import dev.muster.overview.query.LabAuditTrail;
import java.util.List;

/** What the lab keeps in memory. */
record LabFolds(
        LabOutcomes outcomes,
        BoardIndex boards,
        RequestIndex requests,
        LabUsage usage,
        LinkedBoards linked,
        LabAuditTrail audit) {

    /** Outcomes first: whoever hears that a board or request changed asks for the reason. */
    List<Fold> inOrder() {
        return List.of(outcomes, boards, requests, usage, linked, audit);
    }
}
