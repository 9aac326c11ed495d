package dev.muster.store;

import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * What the current unit of work will commit, as one. It is collected in the root unit of work and written in its commit
 * phase: after every subscribing handler has had its say, before the caller hears of success. Written any earlier, an
 * event would stay although the command failed.
 */
final class StagedCommit {

    private StagedCommit() {}

    /** True when there is a unit of work that can still take something along. */
    static boolean possible() {
        return CurrentUnitOfWork.isStarted()
                && CurrentUnitOfWork.get().root().phase().isBefore(UnitOfWork.Phase.COMMIT);
    }

    /** The commit of the current root unit of work for this store. */
    static Commit of(EmbeddedStore store) {
        UnitOfWork<?> root = CurrentUnitOfWork.get().root();
        return root.getOrComputeResource(store.stagingKey(), key -> {
            Commit commit = new Commit();
            root.onCommit(unit -> store.commit(commit));
            return commit;
        });
    }
}
