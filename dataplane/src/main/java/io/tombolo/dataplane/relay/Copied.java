package io.tombolo.dataplane.relay;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.tombolo.dataplane.flow.ReadGate;
import io.tombolo.model.name.Alpn;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a request on its way to somebody else. Nobody waits for its answer, and it never holds up the request itself: where
 * it would have to wait it is given up. On the loop of the request.
 */
final class Copied implements Requester {
    private final Requester of;
    private final Runnable givenUp;
    private final AnswerWait wait;
    private @Nullable HttpExchange exchange;
    private boolean leaving;
    private boolean over;

    private Copied(Requester of, Runnable givenUp) {
        this.of = of;
        this.givenUp = givenUp;
        this.wait = new AnswerWait(of.loop());
    }

    /**
     * Begins one.
     * @param of      who asked
     * @param request a head of its own
     * @param givenUp runs if it does not get out whole
     */
    static Copied begin(Requester of, HttpRequest request, Hop hop, Runnable givenUp) {
        var copied = new Copied(of, givenUp);
        HttpExchange exchange = new HttpExchange(copied, request, hop);
        copied.exchange = exchange;
        exchange.begin();
        return copied;
    }

    /** The next part of the body; takes over one reference. */
    void content(HttpContent content) {
        HttpExchange to = exchange;
        if (over || leaving || to == null) {
            content.release();
            return;
        }
        boolean last = content instanceof LastHttpContent;
        to.requestContent(content);
        if (last) {
            to.requestFlush();
        }
    }

    /** The request itself is over. What of the copy is whole goes on by itself. */
    void requestCut() {
        leave();
    }

    private void leave() {
        HttpExchange of = exchange;
        if (!over && of != null) {
            over = true;
            of.clientGone();
            wait.stop();
        }
    }

    @Override
    public Alpn version() {
        return of.version();
    }

    @Override
    public EventLoop loop() {
        return of.loop();
    }

    @Override
    public AnswerWait answerWait() {
        return wait;
    }

    @Override
    public ReplayBuffer buffer() {
        return of.buffer();
    }

    @Override
    public boolean mayGoOn() {
        return false;
    }

    @Override
    public void write(HttpObject part) {
        ReferenceCountUtil.release(part);
    }

    @Override
    public void flush() {
        // nobody reads it
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void hold(ReadGate.Reason reason, boolean full) {
        if (full && !over && !leaving) {
            leaving = true;
            givenUp.run();
            loop().execute(this::leave); // it is in the midst of what it does
        }
    }

    @Override
    public void exchangeEnded(HttpExchange ended, boolean goOn, boolean requestComplete) {
        over = true;
        wait.stop();
    }

    @Override
    public void cut() {
        over = true;
        wait.stop();
    }
}
