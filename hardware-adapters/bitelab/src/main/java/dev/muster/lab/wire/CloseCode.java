package dev.muster.lab.wire;

/** Why a WebSocket ends (contract §5). */
enum CloseCode {
    END(1000),
    OTHER(1011),
    TOKEN_REVOKED(4401),
    RESERVATION_LOST(4403),
    BOARD_CHANGED(4409),
    NOT_STARTED(4500);

    final int number;

    CloseCode(int number) {
        this.number = number;
    }
}
