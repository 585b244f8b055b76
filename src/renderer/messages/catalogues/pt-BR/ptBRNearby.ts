import type { NearbyCatalogue } from '../catalogue.ts'

/** Studying with one's own network, in Brazilian Portuguese. */
export const ptBRNearby = {
  host: {
    open: 'Abrir para pessoas por perto',
    title: 'Abrir para pessoas por perto',
    close: 'Fechar',
    lead: 'Abre suas salas para pessoas da sua própria rede. Elas precisam do código que você recebe aqui; ninguém mais entra.',
    opens: [
      'Suas salas, quem está nelas e o que se escreve lá: para convidados como para você. Salas privadas continuam privadas.',
      'Nada mais deste computador. Tudo é criptografado, e o Studyhall deles confere que fala com o seu.',
      'Vale até você encerrar ou sair do Studyhall. Depois disso, códigos antigos não valem nada.',
    ],
    firewall:
      'Seu sistema pode perguntar se o Studyhall pode ser acessado pela rede. Aceite para redes privadas.',
    media:
      'Uma chamada de mais de quatro pessoas em andamento é interrompida por alguns segundos ao abrir e ao encerrar.',
    start: 'Abrir as salas',
    starting: 'Abrindo a porta',
    stop: 'Encerrar',
    on: 'Suas salas estão abertas',
    code: 'Código para convidados',
    codeHint: 'Envie a quem deve vir, ou deixe que escaneiem. Quem tem o código pode entrar enquanto durar.',
    leadsTo: 'Ele leva direto para {{room}}.',
    copy: 'Copiar o código',
    copied: 'Código copiado',
    notCopied: 'Não foi possível copiar. Você pode selecioná-lo acima.',
    qr: 'O código como código QR. Ele diz o mesmo que o texto ao lado.',
    reachedAt: 'Aberto em',
    place: '{{address}}, porta {{port}}',
    carries: 'O que seu computador carrega',
    guests: 'Convidados',
    guestsCount_zero: 'Ninguém ainda',
    guestsCount_one: '{{count}} aplicativo conectado',
    guestsCount_many: '{{count}} de aplicativos conectados',
    guestsCount_other: '{{count}} aplicativos conectados',
    rooms: 'Salas em uso',
    people: 'Pessoas em salas',
    cpu: 'Processador',
    sent: 'Enviando',
    unknown: 'Ainda não se sabe',
    carriesHint:
      'Chamadas de até quatro vão de computador a computador. As maiores passam pelo seu, se ele tiver um servidor de mídia. Mantenha-o acordado e na tomada.',
    problem: {
      not_embedded: 'Só o backend embutido pode ser aberto. Escolha-o nas configurações, em Backend.',
      not_owner:
        'Outra janela do Studyhall deste computador cuida das salas. Abra por lá, ou feche-a e tente de novo.',
      not_ready: 'Suas salas ainda não estão prontas. Tente de novo em um instante.',
      no_network: 'Este computador não está em nenhuma rede com outras pessoas. Conecte-o e tente de novo.',
      port_in_use: 'Outro programa usa a porta escolhida para isso. Feche-o, ou escolha outra porta.',
      failed: 'Não foi possível abrir as salas. O registro na pasta de dados diz mais.',
    },
    asGuest: 'No momento você está nas salas de outra pessoa. Saia delas primeiro para abrir as suas.',
  },
  hosting: {
    notice_zero: 'Suas salas estão abertas para pessoas por perto que têm seu código. Ainda não há ninguém.',
    notice_one: 'Suas salas estão abertas para pessoas por perto. Há {{count}} convidado.',
    notice_many: 'Suas salas estão abertas para pessoas por perto. Há {{count}} de convidados.',
    notice_other: 'Suas salas estão abertas para pessoas por perto. Há {{count}} convidados.',
    starting: 'Suas salas estão sendo abertas para pessoas por perto.',
    show: 'Mostrar',
    moved:
      'Seu computador tem agora outros endereços, e seu código é outro. Os convidados que ainda o alcançam voltam sozinhos; os outros precisam do novo código.',
    offline:
      'Seu computador não está em nenhuma rede no momento. Tudo continua assim que ele estiver em uma de novo.',
    ended: 'Suas salas não estão mais abertas.',
  },
  join: {
    open: 'Entrar com alguém por perto',
    title: 'Entrar com alguém por perto',
    close: 'Fechar',
    lead: 'Alguém da sua rede abriu salas para outros? Peça o código.',
    linkLead: 'Você seguiu um link até alguém que abre salas para pessoas por perto, em {{addresses}}.',
    code: 'Código',
    codeHint: 'Começa com os números do endereço.',
    codeMissing: 'Cole o código que lhe enviaram.',
    follows: 'Você vê as salas dessa pessoa no lugar das suas até sair. As suas ficam como estão.',
    sees: 'O computador dela guarda o que você faz lá: seu nome, suas salas e o que você escreve.',
    leavesRoom: 'Você sai de {{room}}.',
    join: 'Entrar',
    joining: 'Procurando',
    cancel: 'Agora não',
    outcome: {
      bad_code: 'Isto não é um código desses. Copie-o inteiro, sem mudar nada.',
      unreachable:
        'Ninguém responde lá. Confira se você está na mesma rede e se as salas ainda estão abertas.',
      wrong_certificate:
        'Neste endereço responde outro computador, e não o deste código. Nada foi enviado a ele. Peça um código novo.',
      refused: 'Este código não vale mais lá. Peça um novo.',
      full: 'Lá já há tantos convidados quantos cabem. Tente mais tarde.',
      newer: 'O Studyhall de lá e o seu não combinam. Atualize o mais antigo.',
      not_studyhall: 'Algo responde lá, mas não como o Studyhall.',
      fixed: 'O ambiente decide qual backend é usado. Inicie o Studyhall sem ele para ser convidado.',
      hosting: 'Suas próprias salas estão abertas. Encerre isso primeiro.',
      failed: 'Não deu certo. Tente de novo.',
    },
  },
  guest: {
    notice: 'Você está nas salas de {{host}}, como convidado.',
    lost: '{{host}} não responde. O Studyhall continua tentando.',
    leave: 'Sair de {{host}}',
    ended: {
      stopped: '{{host}} fechou as salas. Você está de volta às suas.',
      lost: 'Não foi mais possível alcançar {{host}}. Você está de volta às suas próprias salas.',
      changed: '{{host}} abriu as salas de novo. Você está de volta às suas; peça o código novo.',
    },
    welcome: 'Você está prestes a entrar nas salas de {{host}}.',
    stored:
      'Seu nome vai para o computador de {{host}}, com o que você faz lá. Uma chave que permite voltar fica aqui, e só você pode lê-la.',
  },
  settings: {
    title: 'Estudar com a sua rede',
    hint: 'Encontre pessoas da mesma rede sem internet: uma abre suas salas, as outras entram por um código.',
  },
} satisfies NearbyCatalogue<'pt-BR'>
