package io.tombolo.dataplane.relay;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.tombolo.dataplane.flow.ReadGate;
import io.tombolo.dataplane.http1.HopByHop;
import io.tombolo.dataplane.http1.HttpFlaw;
import io.tombolo.dataplane.http1.Refused;
import io.tombolo.dataplane.relay.ExchangeEnd.How;
import io.tombolo.dataplane.upstream.AnswerSink;
import io.tombolo.dataplane.upstream.HttpConnection;
import io.tombolo.dataplane.upstream.HttpUpstream;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.outcome.OutcomeHeader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer: streams both, keeps small bodies for another attempt, and ends exactly once. On the loop that
 * both connections share.
 */
public final class HttpExchange implements AnswerSink {
    private final Requester client;
    private final HttpRequest request;
    private final Hop hop;
    private final RequestHead head;
    private final ReplayBuffer body;
    private @Nullable HttpUpstream upstream;
    private int attempts = 1;
    private boolean requestComplete;
    private boolean answerBegun;
    private boolean bodyDropped;
    private boolean clientKeepsAlive;
    private boolean started;
    private boolean over;
    private final Tally tally = new Tally();
    private boolean waiting;
    private final AnswerTimer attemptPatience = new AnswerTimer();
    private List<Copied> copies = List.of();

    HttpExchange(Requester client, HttpRequest request, Hop hop) {
        this.client = client;
        this.request = request;
        this.hop = hop;
        this.body = client.buffer();
        this.head = RequestHead.take(request, client.version());
        this.clientKeepsAlive = head.keepAlive();
    }

    /** A request with a body starts at once; another one when its head's end was read, so that it is known to be complete. */
    void begin() {
        if (HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0L) > 0) {
            start();
        }
    }

    private void start() {
        started = true;
        hop.connect(this);
        waitForAnswer();
    }

    /** Begins when the whole request was read: a slow upload has a limit of its own. */
    private void waitForAnswer() {
        if (requestComplete && started && !over && !answerBegun) {
            if (!waiting) {
                hop.answerWithin().ifPresent(limit -> {
                    waiting = true;
                    client.answerWait().begin(limit, () -> timedOut(limit, false));
                });
            }
            if (upstream != null) {
                hop.attemptWithin()
                        .ifPresent(limit -> attemptPatience.start(client.loop(), limit, () -> timedOut(limit, true)));
            }
        }
    }

    /**
     * Nobody knows whether the request was processed.
     * @param again whether another attempt may be faster, if the request may be sent twice
     */
    private void timedOut(Duration limit, boolean again) {
        if (over || answerBegun || (again && upstream == null)) {
            return;
        }
        hop.broke(Fault.REQUEST_TIMEOUT, false);
        leaveUpstream();
        if (!again || !retry(true, Optional.empty())) {
            refuse(Faulted.late(request, limit));
        }
    }

    private void noLongerWaiting() {
        if (waiting) {
            client.answerWait().end();
        }
        attemptPatience.stop();
    }

    /** The request's head as it will go out; the walk may change it before {@link #connected}. */
    public HttpRequest request() {
        return request;
    }

    /** The version that the client speaks: HTTP_1_1 or H2. */
    public Alpn version() {
        return client.version();
    }

    /** Whether the client asks to speak another protocol on this connection. */
    public boolean wantsUpgrade() {
        return head.upgrade().isPresent();
    }

    /** Attempts so far, this one included. */
    public int attempts() {
        return attempts;
    }

    /** What is left of {@code limit} for the answer: all of it until the request is complete. Can be negative. */
    public Duration left(Duration limit) {
        return waiting ? client.answerWait().left() : limit;
    }

    /** Whether the client waits no longer. */
    public boolean isOver() {
        return over;
    }

    // ---- from the walk

    /** A connection for this attempt. */
    public void connected(HttpUpstream connection) {
        if (over) {
            hop.release(false);
            return;
        }
        upstream = connection;
        connection.begin(head.outgoing(request), this);
        body.replay(connection::write);
        connection.flush();
        body.giveUpIfFull();
        client.hold(ReadGate.Reason.NO_OTHER_SIDE, false);
        client.hold(ReadGate.Reason.OTHER_SIDE_FULL, !connection.isWritable());
        waitForAnswer();
    }

    /** No connection could be made for this attempt: nothing was sent. */
    public void notConnected(TomboloException fault) {
        if (!over && !retry(false, Optional.empty())) {
            refuse(fault);
        }
    }

    /**
     * A copy of this request goes there as well; what it is answered is of no interest. Before {@link #connected}.
     * @param givenUp runs if it does not get out whole
     */
    public void copy(HttpRequest as, Hop to, Runnable givenUp) {
        Copied made = Copied.begin(client, as, to, givenUp);
        body.replay(made::content);
        copies = Stream.concat(copies.stream(), Stream.of(made)).toList();
    }

    /** There is nobody to ask; the client gets an answer of this proxy. */
    public void refuse(TomboloException fault) {
        if (over) {
            return;
        }
        if (answerBegun) {
            cut(How.CUT);
            return;
        }
        FullHttpResponse answer = head.isGrpc() ? GrpcAnswer.of(fault) : Refused.answer(fault);
        hop.refusing(fault.fault(), answer.headers());
        answer(answer);
    }

    /** The walk has an answer of its own, before anything was asked for. */
    public void answered(FullHttpResponse answer) {
        if (over) {
            answer.release();
        } else {
            answer(answer);
        }
    }

    private void answer(FullHttpResponse answer) {
        boolean goOn = requestComplete && clientKeepsAlive && client.mayGoOn();
        head.framing(answer, goOn);
        tally.told(answer);
        tally.answered(answer.content().readableBytes());
        client.write(answer);
        end(goOn);
    }

    private boolean retry(boolean established, Optional<Boolean> processed) {
        boolean allowed = mayRepeat(established, processed);
        if (allowed) {
            upstream = null;
            attempts++;
            attemptPatience.stop();
            again(hop.backoff());
        }
        return allowed;
    }

    private boolean mayRepeat(boolean established, Optional<Boolean> processed) {
        String method = request.method().name();
        return hop.retries().allows(method, attempts, answerBegun, established, processed) && body.canReplay();
    }

    private void again(Duration backoff) {
        if (backoff.isZero()) {
            hop.connect(this);
        } else {
            client.loop().schedule(this::connectIfWanted, backoff.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void connectIfWanted() {
        if (!over) {
            hop.connect(this);
        }
    }

    // ---- from the client

    void requestContent(HttpContent content) {
        requestComplete |= content instanceof LastHttpContent;
        HopByHop.removeFromTrailers(content);
        tally.asked(content.content().readableBytes());
        copies.forEach(copy -> copy.content(content.retainedDuplicate()));
        if (over || bodyDropped) {
            content.release();
            return;
        }
        if (upstream == null) {
            body.keep(content);
            client.hold(ReadGate.Reason.NO_OTHER_SIDE, body.isFull());
            if (!started) {
                start();
            }
            waitForAnswer();
            return;
        }
        waitForAnswer();
        if (body.isComplete()) {
            body.keep(content.retainedDuplicate());
            body.giveUpIfFull();
        }
        upstream.write(content);
        client.hold(ReadGate.Reason.OTHER_SIDE_FULL, !upstream.isWritable());
    }

    void requestFlush() {
        if (upstream != null) {
            upstream.flush();
            client.hold(ReadGate.Reason.OTHER_SIDE_FULL, !upstream.isWritable());
        }
    }

    void clientWritable() {
        if (upstream != null) {
            upstream.hold(false);
        }
    }

    void clientEndedInput() {
        clientKeepsAlive = false;
        if (!requestComplete) {
            cut(How.CLIENT_GONE);
        }
    }

    void clientGone() {
        abandon(How.CLIENT_GONE);
    }

    private void abandon(How how) {
        if (!over) {
            over = true;
            noLongerWaiting();
            body.release();
            if (!requestComplete) {
                copies.forEach(Copied::requestCut);
            }
            leaveUpstream();
            hop.ended(tally.ended(how, attempts));
        }
    }

    void flawed(HttpFlaw flaw) {
        if (over) {
            return;
        }
        if (answerBegun) {
            cut(How.CUT);
            return;
        }
        clientKeepsAlive = false;
        FullHttpResponse answer = Refused.answer(flaw.status(), Faulted.text(flaw));
        hop.refusing(Fault.BAD_HTTP_HEAD, answer.headers());
        answer(answer);
    }

    // ---- from upstream

    @Override
    public void answerHead(HttpResponse answer) {
        if (answer.status().code() < 200) {
            interim(answer);
            return;
        }
        Optional<OutcomeHeader> outcome = hop.judge(answer);
        if (outcome.isPresent() && !outcome.get().processed() && maySendElsewhere(outcome.get())) {
            return;
        }
        if (hop.isAsGoodAsNone(answer.status().code()) && askAgain(outcome)) {
            return;
        }
        body.giveUp();
        answerBegun = true;
        noLongerWaiting();
        tally.told(answer);
        hop.passing(answer);
        clientKeepsAlive &= client.mayGoOn();
        if (!head.answer(answer, clientKeepsAlive)) {
            clientKeepsAlive = false;
        }
        client.write(answer);
    }

    /** Not processed there: another one may. The rest of this answer is of no interest. */
    private boolean maySendElsewhere(OutcomeHeader outcome) {
        if (mayRepeat(true, Optional.of(false)) && hop.canAskAnother(outcome)) {
            upstream = null;
            hop.release(requestComplete);
            return retry(true, Optional.of(false));
        }
        return false;
    }

    private boolean askAgain(Optional<OutcomeHeader> outcome) {
        boolean allowed = mayRepeat(true, Optional.empty());
        if (allowed) {
            hop.passedOver(outcome);
            leaveUpstream();
        }
        return allowed && retry(true, Optional.empty());
    }

    private void interim(HttpResponse answer) {
        if (answer.status().code() == 101) {
            upgrade(answer);
        } else if (head.understandsInterim()) {
            head.interim(answer);
            client.write(answer);
            client.write(LastHttpContent.EMPTY_LAST_CONTENT);
            client.flush();
        }
    }

    private void upgrade(HttpResponse answer) {
        if (!(upstream instanceof HttpConnection connection)
                || !(client instanceof ClientSide side)
                || head.upgrade().isEmpty()
                || !requestComplete) {
            upstreamLost(Fault.BAD_HTTP_HEAD, "it switched protocols unasked");
            return;
        }
        head.switching(answer);
        tally.told(answer);
        answerBegun = true;
        noLongerWaiting();
        over = true;
        client.write(answer);
        client.write(LastHttpContent.EMPTY_LAST_CONTENT);
        client.flush();
        body.release();
        var tunnel = new Tunnel(hop, tally, attempts);
        connection.unwrap(() -> side.unwrap(() -> tunnel.start(side.channel(), connection.channel())));
    }

    @Override
    public void answerContent(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        if (over) {
            content.release();
            return;
        }
        tally.answered(content.content().readableBytes());
        if (last) {
            HttpHeaders trailers = ((LastHttpContent) content).trailingHeaders();
            hop.passingTrailers(trailers);
            tally.told(trailers);
        }
        client.write(content);
        if (last) {
            upstream = null;
            hop.release(requestComplete);
            end(requestComplete && clientKeepsAlive);
        } else if (upstream != null && !client.isWritable()) {
            upstream.hold(true);
        }
    }

    @Override
    public void answerFlush() {
        client.flush();
        if (upstream != null && client.isWritable()) {
            upstream.hold(false);
        }
    }

    @Override
    public void upstreamWritable() {
        client.hold(ReadGate.Reason.OTHER_SIDE_FULL, false);
    }

    @Override
    public boolean isBetterLost() {
        return !over && mayRepeat(true, Optional.empty()) && hop.hasOtherWay();
    }

    @Override
    public void upstreamLost(Fault fault, String what) {
        if (over) {
            return;
        }
        hop.broke(fault, answerBegun);
        leaveUpstream();
        if (answerBegun) {
            cut(How.CUT);
        } else if (!retry(true, Optional.empty())) {
            refuse(new TomboloException(fault, Faulted.text(request), what, ""));
        }
    }

    @Override
    public void upstreamRefused(String what) {
        if (over) {
            return;
        }
        hop.notProcessed();
        leaveUpstream();
        if (answerBegun) {
            cut(How.CUT);
        } else if (!retry(true, Optional.of(false))) {
            refuse(new TomboloException(Fault.STREAM_REFUSED, Faulted.text(request), what, "try again"));
        }
    }

    // ---- ends

    /** The answer cannot be completed: only the connection's end can say so. */
    private void cut(How how) {
        abandon(how);
        client.flush(); // what was begun is seen to be cut; an empty answer would look as if nobody had asked
        client.cut();
    }

    private void leaveUpstream() {
        HttpUpstream leaving = upstream;
        upstream = null;
        if (leaving != null) {
            hop.release(false);
        }
    }

    private void end(boolean goOn) {
        over = true;
        noLongerWaiting();
        bodyDropped = true;
        body.release();
        leaveUpstream();
        hop.ended(tally.ended(How.COMPLETE, attempts));
        client.exchangeEnded(this, goOn, requestComplete);
    }
}
