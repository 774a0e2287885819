// Core's own words in Chinese.
import type en from './en.js';

export default {
  oldButton: '此按钮或表单来自 Rapporteur 的旧版本，已无法使用。请重新输入命令。',
  draftGone: '该表单已不再保留。请重新开始。',
  staffOnly: '此功能仅供工作人员使用，即工作人员频道的成员。',
  adminsOnly: '此功能仅供本工作区或服务器的管理员使用。',
  unknownWords: '{command} 不认识“{typed}”。可用的词有：{verbs}。',
  missingOption: '请在命令中加上 {option}。',
  unknownId: '这里没有与此 ID 对应的内容。可能输入有误，或已被移除。',
  notRecorded: '未能记录：存储目前没有响应。请在一分钟后重试。',
  fault: '我们这边出了问题，已记入日志。如再次发生，请把此编号告知 Rapporteur 的运行者：{reference}。',
  openForm: '打开表单',
  formReady: '表单已准备好。',
  formAgain: '请再检查一下。您输入的内容已保留：',
  backToForm: '返回表单',
  send: '发送',
  translate: '翻译',
  cancel: '取消',
  more: '（续）',
  inviteMe:
    '我无法在此频道发布消息。请邀请我（Slack：/invite @Rapporteur；Discord：允许我的身份组查看频道并发送消息），然后重试。',
  channelGone: '该频道已不存在，或我从未受邀加入。',
  lacksScope: 'Slack 应用缺少权限 {what}：请在“OAuth & Permissions”中添加，然后重新安装应用',
  lacksPermission: 'Discord 身份组缺少“{what}”权限：请在服务器设置的身份组中授予',
  notConnected: '目前未连接：会自动重连；如持续如此，请查看日志',
  commandsNotRegistered: '命令未注册：请查看日志',
  blocked: '发给 {where} 的消息未能送达。',
  blockedNotInvited:
    '我未受邀加入。请邀请我（Slack：/invite @Rapporteur；Discord：允许我的身份组查看频道并发送消息）。',
  blockedGone: '频道或消息已不存在。',
  blockedForbidden: '平台不允许：请检查应用在那里的权限。',
  blockedClosed: '对方的私信已关闭。不会再尝试；需要另寻途径。',
  filesHere: '这是您请求的内容。',
  filesSent: '已通过私信发送给您：{files}。',
  filesComing: '正在通过私信发送给您：{files}。',
  filesLackScope:
    '未能发送：{files}。Slack 应用缺少权限 {what}；管理员可在“OAuth & Permissions”中添加，然后重新安装应用。',
  filesClosed: '未能发送：{files}。您无法收到此应用的私信。',
  filesForbidden: '未能发送：{files}。本工作区或服务器的规则不允许。',
  filesTooLarge: '未能发送：{files}。此处单个文件最大为 {most, number} MB。',
  filesNotNow: '未能发送：{files}。请在一分钟后重试。',
} satisfies Record<keyof typeof en, string>;
