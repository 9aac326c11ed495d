package dev.muster.server.lab;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.lab.Board;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.Boards;
import dev.muster.lab.LabRefusal;
import dev.muster.server.MusterSettings;
import dev.muster.server.security.Standing;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Gives pages of the console what they open a board's console with. A page learns nothing of why a WebSocket was refused,
 * so what would refuse it is said here.
 */
@RestController
public class ConsoleTicketEndpoint {

    private final ConsoleTickets tickets;
    private final Boards boards;
    private final String prefix;

    public ConsoleTicketEndpoint(ConsoleTickets tickets, Boards boards, MusterSettings settings) {
        this.tickets = tickets;
        this.boards = boards;
        this.prefix = settings.lab().prefix();
    }

    /** @param path of the WebSocket; the ticket goes there as {@code ?ticket=} from a page of this server, once */
    public record ConsoleTicket(String ticket, Instant expiresAt, String path) {

        @Override
        public String toString() {
            return "ConsoleTicket[" + path + "]";
        }
    }

    @PostMapping("/api/v1/lab/boards/{name}/console-ticket")
    @ResponseStatus(HttpStatus.CREATED)
    @Requires(Permission.LAB_READ)
    @Operation(summary = "A ticket that opens this board's console from a page of this server, once and soon")
    public Mono<ConsoleTicket> issue(@PathVariable String name) {
        return Mono.zip(Caller.current(), Standing.current()).map(at -> {
            BoardName board = onlyOpen(new BoardName(name), at.getT1());
            ConsoleTickets.Issued issued = tickets.issue(board, at.getT2());
            return new ConsoleTicket(issued.text(), issued.expiresAt(), prefix + "/board/" + board + "/console/ws");
        });
    }

    private BoardName onlyOpen(BoardName name, Caller caller) {
        Board board = boards.find(name);
        if (board == null) {
            throw LabRefusal.NO_SUCH_BOARD.because("There is no board '" + name + "'.");
        }
        if (board.state() != BoardState.RESERVED) {
            throw LabRefusal.NOT_RESERVED.because("Nobody has reserved the board.");
        }
        if (!caller.may(Permission.LAB_ADMIN) && !board.isSeenBy(caller.person())) {
            throw LabRefusal.NOT_HOLDER.because("Somebody else has the board.");
        }
        if (board.definition().console().isEmpty()) {
            throw LabRefusal.CAPABILITY_MISSING.because("The board has no serial console.");
        }
        return name;
    }
}
