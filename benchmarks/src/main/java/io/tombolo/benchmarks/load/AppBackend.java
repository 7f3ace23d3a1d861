package io.tombolo.benchmarks.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The application: answers every request with the same bytes. Arguments: port, {@link Wire}, and for a mesh peer that speaks
 * mutual TLS three PEM files: chain, key, roots. Runs until it is killed.
 */
public final class AppBackend {
    private AppBackend() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Wire wire = Wire.valueOf(arguments[1]);
        ByteBuf answer = answer(wire);
        SslContext tls = arguments.length < 5
                ? null
                : LoadTls.server(wire, new File(arguments[2]), new File(arguments[3]), new File(arguments[4]));
        new ServerBootstrap()
                .group(new EpollEventLoopGroup(1))
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1_024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                        }
                        channel.pipeline().addLast(answerers(wire, answer, tls != null));
                    }
                })
                .bind("127.0.0.1", Integer.parseInt(arguments[0]))
                .sync()
                .channel()
                .closeFuture()
                .sync();
    }

    private static ChannelHandler[] answerers(Wire wire, ByteBuf answer, boolean tls) {
        return switch (wire) {
            case HTTP1 -> new ChannelHandler[] {new Answerer(answer)};
            case HTTP2, GRPC -> new ChannelHandler[] {new Http2Answerer(Http2Message.answer(wire))};
            case TCP, TCP_BULK ->
                tls
                        ? new ChannelHandler[] {new TcpPeers.Opener(), new AnswerHandler(answer)}
                        : new ChannelHandler[] {new AnswerHandler(answer)};
        };
    }

    private static ByteBuf answer(Wire wire) {
        if (wire.isTcp()) {
            return Unpooled.unreleasableBuffer(
                    Unpooled.directBuffer(Frame.MAX_ANSWER_BYTES).writeZero(Frame.MAX_ANSWER_BYTES));
        }
        String head = """
                HTTP/1.1 200 OK
                Date: Thu, 26 Nov 2026 08:00:00 GMT
                Content-Type: application/json
                Cache-Control: no-store
                Content-Length: %d

                """.formatted(wire.answerBytes()).replace("\n", "\r\n");
        int bodyBytes = wire.answerBytes();
        ByteBuf all = Unpooled.directBuffer(head.length() + bodyBytes)
                .writeBytes(head.getBytes(StandardCharsets.US_ASCII))
                .writeZero(bodyBytes);
        return Unpooled.unreleasableBuffer(all);
    }

    private static final class Answerer extends ChannelInboundHandlerAdapter {
        private final ByteBuf answer;
        private final MessageEnd requests = new MessageEnd();

        Answerer(ByteBuf answer) {
            this.answer = answer;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            while (requests.next(bytes)) {
                ctx.write(answer.duplicate(), ctx.voidPromise());
            }
            bytes.release();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
