// forward opens doors into the cluster's network: it listens in the network it was started in and connects in the one
// of process 1. Run in the cluster's process namespace, it ends with the cluster and no door is left open.
//
//	forward 127.0.0.1:16443=10.200.0.1:6443 …
package main

import (
	"io"
	"log"
	"net"
	"os"
	"runtime"
	"strings"
	"sync"

	"golang.org/x/sys/unix"
)

func main() {
	log.SetFlags(0)
	listeners := map[net.Listener]string{}
	for _, pair := range os.Args[1:] {
		outer, inner, found := strings.Cut(pair, "=")
		if !found {
			log.Fatalf("forward: %q is not ADDRESS=ADDRESS", pair)
		}
		listener, err := net.Listen("tcp", outer)
		if err != nil {
			log.Fatalf("forward: %v", err)
		}
		listeners[listener] = inner
	}
	dial, err := dialerInside("/proc/1/ns/net")
	if err != nil {
		log.Fatalf("forward: %v", err)
	}
	for listener, inner := range listeners {
		go serve(listener, inner, dial)
	}
	select {}
}

type dialer func(address string) (net.Conn, error)

// dialerInside connects from another network namespace. A socket belongs to the namespace of the thread that made it,
// so the connecting is done by threads that have moved there for good.
func dialerInside(path string) (dialer, error) {
	namespace, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	return func(address string) (net.Conn, error) {
		type result struct {
			connection net.Conn
			err        error
		}
		done := make(chan result, 1)
		go func() {
			// Never unlocked: the thread ends with the goroutine and nobody else runs in the wrong network.
			runtime.LockOSThread()
			if err := unix.Setns(int(namespace.Fd()), unix.CLONE_NEWNET); err != nil {
				done <- result{err: err}
				return
			}
			connection, err := net.Dial("tcp4", address)
			done <- result{connection, err}
		}()
		made := <-done
		return made.connection, made.err
	}, nil
}

func serve(listener net.Listener, inner string, dial dialer) {
	for {
		client, err := listener.Accept()
		if err != nil {
			log.Fatalf("forward: %v", err)
		}
		go func() {
			defer client.Close()
			server, err := dial(inner)
			if err != nil {
				log.Printf("forward: %v", err)
				return
			}
			defer server.Close()
			var both sync.WaitGroup
			both.Go(func() { pump(server.(*net.TCPConn), client.(*net.TCPConn)) })
			both.Go(func() { pump(client.(*net.TCPConn), server.(*net.TCPConn)) })
			both.Wait()
		}()
	}
}

// pump copies one direction and hands on its end, so that a half-closed connection stays one.
func pump(to, from *net.TCPConn) {
	_, _ = io.Copy(to, from)
	_ = to.CloseWrite()
	_ = from.CloseRead()
}
