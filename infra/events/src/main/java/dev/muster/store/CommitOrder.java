package dev.muster.store;

import org.rocksdb.RocksDBException;

/**
 * The order of the two halves of a commit. There is one right order. The seam is here, visible to this package alone, so
 * that the crash checkers can be shown to catch the wrong one.
 */
interface CommitOrder {

    /** Make it durable, then tell. */
    CommitOrder DURABLE_FIRST = (write, acknowledge) -> {
        write.run();
        acknowledge.run();
    };

    /** The half that touches the disk. */
    interface Write {
        void run() throws RocksDBException;
    }

    void commit(Write write, Runnable acknowledge) throws RocksDBException;
}
