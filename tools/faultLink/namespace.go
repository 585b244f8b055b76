package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"unsafe"
)

// From linux/if_tun.h and the system call tables; the standard library does not name them.
const (
	tunSetInterface = 0x400454ca
	isTun           = 0x0001
	hasNoHeader     = 0x1000
	cloneNewNet     = 0x40000000
)

var setNamespaceCall = map[string]uintptr{"amd64": 308, "arm64": 268}

// inNamespace runs the work on a thread of its own that is in the namespace, and ends the thread afterwards.
func inNamespace(name string, work func() error) error {
	result := make(chan error, 1)
	go func() {
		// Never unlocked: Go ends the thread with the goroutine instead of using it for others.
		runtime.LockOSThread()
		result <- enterAndWork(name, work)
	}()
	return <-result
}

func enterAndWork(name string, work func() error) error {
	call, isKnown := setNamespaceCall[runtime.GOARCH]
	if !isKnown {
		return fmt.Errorf("network namespaces are not known here on %s", runtime.GOARCH)
	}
	handle, err := os.Open(filepath.Join("/run/netns", filepath.Base(name)))
	if err != nil {
		return err
	}
	defer handle.Close()
	if _, _, failure := syscall.RawSyscall(call, handle.Fd(), cloneNewNet, 0); failure != 0 {
		return failure
	}
	return work()
}

// openTun makes a TUN device in the namespace; it is there as long as the file is open.
func openTun(namespace, device string) (*os.File, error) {
	var file *os.File
	err := inNamespace(namespace, func() error {
		descriptor, err := syscall.Open("/dev/net/tun", syscall.O_RDWR|syscall.O_NONBLOCK|syscall.O_CLOEXEC, 0)
		if err != nil {
			return err
		}
		var request struct {
			name  [16]byte
			flags uint16
			_     [22]byte
		}
		copy(request.name[:15], device)
		request.flags = isTun | hasNoHeader
		_, _, failure := syscall.Syscall(
			syscall.SYS_IOCTL, uintptr(descriptor), tunSetInterface, uintptr(unsafe.Pointer(&request)))
		if failure != 0 {
			_ = syscall.Close(descriptor)
			return failure
		}
		// Only now: the poller watches what is readable, which a device without a name is not.
		file = os.NewFile(uintptr(descriptor), device)
		return nil
	})
	return file, err
}

// forward listens on a free port of this machine's loopback and carries each connection to the target inside the namespace.
func forward(namespace, target string) (int, error) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go carry(client, namespace, target)
		}
	}()
	return listener.Addr().(*net.TCPAddr).Port, nil
}

func carry(client net.Conn, namespace, target string) {
	defer client.Close()
	var server net.Conn
	err := inNamespace(namespace, func() error {
		var err error
		server, err = net.Dial("tcp4", target)
		return err
	})
	if err != nil {
		return
	}
	defer server.Close()
	ended := make(chan struct{}, 2)
	pipe := func(to, from net.Conn) {
		_, _ = io.Copy(to, from)
		ended <- struct{}{}
	}
	go pipe(server, client)
	go pipe(client, server)
	<-ended
}
