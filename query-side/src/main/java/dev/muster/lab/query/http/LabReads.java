package dev.muster.lab.query.http;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.PersonNames;
import dev.muster.identity.Requires;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.ListCursor;
import dev.muster.kernel.Page;
import dev.muster.lab.Board;
import dev.muster.lab.BoardName;
import dev.muster.lab.Boards;
import dev.muster.lab.LabConfigurations;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.query.BoardIndex;
import dev.muster.lab.query.LabUsage;
import dev.muster.registry.query.Offload;
import dev.muster.registry.query.http.Conditional;
import dev.muster.registry.query.http.Pages;
import io.swagger.v3.oas.annotations.Operation;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Boards and their classes, how they are used, and the configuration in force. */
@RestController
@RequestMapping("/api/v1/lab")
public class LabReads {

    private static final String LIST = "board";
    private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

    private final BoardIndex boards;
    private final LabUsage usage;
    private final LabConfigurations configurations;
    private final PersonNames names;
    private final Offload offload;

    public LabReads(
            BoardIndex boards, LabUsage usage, LabConfigurations configurations, PersonNames names, Offload offload) {
        this.boards = boards;
        this.usage = usage;
        this.configurations = configurations;
        this.names = names;
        this.offload = offload;
    }

    /** @param total boards of the class, whatever their state */
    public record ClassView(String name, Map<String, String> attributes, int total, int free) {

        static ClassView of(String name, Boards.BoardClass all) {
            return new ClassView(name, all.attributes(), all.total(), all.free());
        }
    }

    /** By name. */
    public record ClassList(List<ClassView> items) {}

    @GetMapping("/classes")
    @Requires(Permission.LAB_READ)
    @Operation(summary = "Classes of boards by name: attributes, how many there are, how many are free")
    public Mono<ClassList> classes() {
        return offload.ask(() -> new ClassList(boards.classes().entrySet().stream()
                .map(each -> ClassView.of(each.getKey(), each.getValue()))
                .toList()));
    }

    @GetMapping("/boards")
    @Requires(Permission.LAB_READ)
    @Operation(
            summary = "Boards in the order of their names",
            description = "'class', 'state' and 'tag' (name=value, repeated: all of them) narrow it down; 'mine=true' "
                    + "leaves those that the caller holds.")
    public Mono<ResponseEntity<Page<BoardView>>> list(
            @RequestParam(name = "class", required = false) @Nullable String brdclass,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false, defaultValue = "false") boolean mine,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false, defaultValue = "false") boolean count,
            ServerHttpRequest request) {
        // Not a parameter: a list of one text would be cut at its commas.
        List<String> tags = request.getQueryParams().getOrDefault("tag", List.of());
        int most = Pages.limit(limit);
        Collection<Board> rest = rest(after);
        return Caller.current()
                .flatMap(caller -> {
                    Onlooker onlooker = Onlooker.of(caller, names);
                    Predicate<Board> wanted = BoardFilter.of(brdclass, tags, state, mine ? caller.person() : null);
                    return offload.ask(() -> Slice.page(
                            LIST,
                            rest,
                            wanted,
                            each -> each.name().value(),
                            each -> BoardView.of(each, onlooker),
                            most,
                            count ? boards.all().stream().filter(wanted).count() : null));
                })
                .map(page -> Pages.answer(request, page));
    }

    private Collection<Board> rest(@Nullable String cursor) {
        String last = Slice.after(cursor, LIST);
        if (last == null) {
            return boards.all();
        }
        if (!BoardName.isName(last)) {
            throw ListCursor.foreign();
        }
        return boards.after(new BoardName(last));
    }

    @GetMapping("/boards/{name}")
    @Requires(Permission.LAB_READ)
    @Operation(summary = "One board: its state, who has it, its power")
    public Mono<ResponseEntity<BoardView>> one(
            @PathVariable String name,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch) {
        return Caller.current().map(caller -> {
            Board board = boards.find(new BoardName(name));
            if (board == null) {
                throw LabRefusal.NO_SUCH_BOARD.because("There is no board '" + name + "'.");
            }
            BoardView view = BoardView.of(board, Onlooker.of(caller, names));
            return Conditional.answer(ifNoneMatch, view.tag(), view);
        });
    }

    @GetMapping("/usage")
    @Requires(Permission.LAB_READ)
    @Operation(
            summary = "How boards and classes were used, by UTC day, today among them",
            description =
                    "From the day of 'since' (RFC 3339) on, at most 90 days back, which is also what is told without "
                            + "it. 'class' and 'board' narrow it down. What is held now counts up to now.")
    public Mono<UsageView> usage(
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(name = "class", required = false) @Nullable String brdclass,
            @RequestParam(required = false) @Nullable String board) {
        LocalDate from = since == null || since.isEmpty() ? LocalDate.MIN : day(since);
        return offload.ask(() -> UsageView.of(
                usage.since(from),
                slot -> (brdclass == null || brdclass.equals(slot.brdclass()))
                        && (board == null || board.equals(slot.board().value()))));
    }

    private static LocalDate day(String since) {
        try {
            return OffsetDateTime.parse(since)
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toLocalDate();
        } catch (DateTimeException e) {
            throw KernelRefusal.INVALID_REQUEST.because("'since' is a time such as 2026-11-20T08:00:00Z.");
        }
    }

    @GetMapping(path = "/configuration", produces = MediaType.TEXT_PLAIN_VALUE)
    @Requires(Permission.LAB_ADMIN)
    @Operation(summary = "The text of the configuration in force, secrets included; empty before the first")
    public Mono<ResponseEntity<String>> configuration() {
        return offload.<String>ask(configurations::text).map(text -> ResponseEntity.ok()
                .contentType(TEXT)
                .cacheControl(CacheControl.noStore())
                .body(text));
    }
}
